import { defineOperation, type Operation } from '@athena-memory/operations'
import { z } from 'zod'
import type { Verdict } from '../guard/refusal.ts'
import type { Catalogue } from '../health/catalogue.ts'
import { OpsError } from '../ops-error.ts'
import { heal, healing, type HealOptions } from './heal.ts'
import { DEFAULT_INDEX_LIMITS } from './index-limits.ts'
import { suggestIndexes, suggestions } from './suggest-indexes.ts'

/** What the operations of healing need. */
export interface HealingContext {
  /** Lends one connection for as long as `work` takes. */
  withCatalogue<Result>(work: (catalogue: Catalogue) => Promise<Result>): Promise<Result>
  /** What is allowed and known, asked anew for each call. */
  readonly healOptions: () => HealOptions
  /** What the guard says of a query: planning one may call functions. */
  readonly judgeQuery: (sql: string) => Promise<Verdict>
}

/** @throws OpsError `refused` when the guard does not let the query near the planner */
const admit = async ({ judgeQuery }: HealingContext, text?: string): Promise<void> => {
  if (text === undefined) return
  const { allowed, reason } = await judgeQuery(text)
  if (!allowed) throw new OpsError('refused', `sql: ${reason}`)
}

const sql = z.string().min(1).max(65_536)

const suggest = defineOperation({
  name: 'postgres.suggest-indexes',
  title: 'Suggest indexes',
  description:
    'Looks for indexes that make a query cheaper, or without one the costliest statements of pg_stat_statements. Suggests only what the planner, shown the index, uses and saves by. Use it for a slow query; to see what else is wrong, use postgres.health-check. Leaves nothing behind; without hypopg it builds indexes in a transaction that is rolled back, and writers of the table wait meanwhile.',
  input: z.object({
    sql: sql.optional().describe('one select, update or delete; parameters as $1'),
  }),
  output: suggestions,
  effect: 'read',
  examples: [
    {
      title: 'What does this query need?',
      input: { sql: 'select * from orders where customer_id = $1' },
    },
  ],
  run: async (context: HealingContext, input) => {
    await admit(context, input.sql)
    const limits = { ...DEFAULT_INDEX_LIMITS, ...context.healOptions().limits }
    return context.withCatalogue((catalogue) => suggestIndexes(catalogue, input.sql, limits))
  },
})

const mend = defineOperation({
  name: 'postgres.heal',
  title: 'Heal the database',
  description:
    'Finds what is wrong and proposes how to mend it: columns, constraints and indexes that the migrations made and somebody removed, or an index for a slow query. With apply it does so, checks that it helped and takes back an index that did not. It never touches rows. Use postgres.health-check first to see what is wrong; to change the schema otherwise, write a migration.',
  input: z.object({
    sql: sql
      .optional()
      .describe(
        'the query that fails or is slow; without it, all that differs from the migrations',
      ),
    sqlState: z
      .string()
      .regex(/^[0-9A-Z]{5}$/)
      .optional()
      .describe('what PostgreSQL called its failure, such as 42703'),
    index: sql
      .optional()
      .describe('create index statement to try for the query, instead of looking for one'),
    apply: z.boolean().default(false).describe('whether to change anything'),
  }),
  output: healing,
  effect: 'write',
  idempotent: true,
  examples: [
    { title: 'What would be mended?', input: {} },
    {
      title: 'Make a slow query fast',
      input: { sql: 'select * from orders where customer_id = 7', apply: true },
    },
  ],
  run: async (context: HealingContext, input) => {
    await admit(context, input.sql)
    return context.withCatalogue((catalogue) => heal(catalogue, input, context.healOptions()))
  },
})

/** Every operation that makes a database better. */
export const healingOperations: readonly Operation<HealingContext>[] = [suggest, mend]
