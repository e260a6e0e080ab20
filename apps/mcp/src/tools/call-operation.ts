import { defineOperation, type Registry } from '@athena-memory/operations'
import { z } from 'zod'

/** Lets a model call every operation, also those that are no tools of their own. */
export const callOperation = defineOperation({
  name: 'operations.call',
  title: 'Call an operation',
  description:
    'Calls an operation that search_operations found, and gives its result. Operations with the effect destructive erase for good.',
  input: z.object({
    name: z.string().max(200).describe('such as semantic.list'),
    arguments: z.looseObject({}).default({}).describe('as its schema says'),
  }),
  output: z.looseObject({}).describe('result of the operation'),
  effect: 'destructive',
  run: (registry: Registry, { name, arguments: input }) => registry.call(name, input),
})
