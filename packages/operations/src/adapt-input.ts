import type { z } from 'zod'
import type { BoundOperation } from './operation.ts'
import { decodeInput } from './wire.ts'

/**
 * The same operation with other arguments, for a program that knows some of them by itself.
 *
 * @param input the arguments that callers see; made strict
 * @param toOwn turns them, as they came over the wire, into those of the operation
 */
export const adaptInput = <Shape extends z.ZodRawShape>(
  operation: BoundOperation,
  input: z.ZodObject<Shape>,
  toOwn: (given: Readonly<Record<string, unknown>>) => Promise<Readonly<Record<string, unknown>>>,
): BoundOperation => {
  const strict = input.strict()
  return {
    ...operation,
    input: strict,
    call: async (given) => {
      decodeInput(operation.name, strict, given)
      return operation.call(await toOwn(Object.fromEntries(Object.entries(given ?? {}))))
    },
  }
}
