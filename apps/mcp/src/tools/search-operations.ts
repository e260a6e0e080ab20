import {
  defineOperation,
  type OperationDescription,
  type Registry,
  toJsonSchema,
} from '@athena-memory/operations'
import { z } from 'zod'

/** The most characters of descriptions and schemas in one answer: about 2,000 tokens. */
const BUDGET = 8000

const found = z.object({
  name: z.string(),
  description: z.string(),
  effect: z.enum(['read', 'write', 'destructive']),
  input: z.looseObject({}).describe('JSON schema of the arguments'),
})

/** Lets a model look for operations, so that it need not be told all of them beforehand. */
export const searchOperations = defineOperation({
  name: 'operations.search',
  title: 'Search operations',
  description:
    'Finds what else can be done with the memory, such as listing, correcting or replacing memories and managing projects. Then use call_operation.',
  input: z.object({
    query: z.string().max(200).describe('what you want to do, in a few words'),
    limit: z.int().min(1).max(20).default(5),
  }),
  output: z.object({
    operations: z.array(found).describe('best first'),
    others: z.array(z.string()).describe('names of all others'),
  }),
  effect: 'read',
  run: async (registry: Registry, { query, limit }) => {
    const operations = withinBudget(registry.search(query, limit).map(describe))
    const shown = new Set(operations.map(({ name }) => name))
    const names = registry.list().map(({ name }) => name)
    return { operations, others: names.filter((name) => !shown.has(name)) }
  },
})

type Found = z.output<typeof found>

const describe = ({ name, description, effect, input }: OperationDescription): Found => ({
  name,
  description,
  effect,
  input: { ...toJsonSchema(input, 'input') },
})

/** The first ones that fit together, but always one. */
const withinBudget = (operations: readonly Found[]): Found[] => {
  let used = 0
  return operations.filter((operation, index) => {
    used += JSON.stringify(operation).length
    return index === 0 || used <= BUDGET
  })
}
