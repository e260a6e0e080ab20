import type { JsonObject } from './json.ts'
import { nearestNames } from './nearest-names.ts'
import { OperationError } from './operation-error.ts'
import type { BoundOperation } from './operation.ts'
import { searchOperations } from './search-operations.ts'

/** All operations of a program, by name. */
export interface Registry {
  /** Every operation, in the order they were given. */
  readonly list: () => readonly BoundOperation[]
  readonly get: (name: string) => BoundOperation | undefined
  /** The operations that fit a few words best, best first; see `searchOperations`. */
  readonly search: (query: string, limit?: number) => BoundOperation[]
  /**
   * Calls an operation by name, with and for wire values; see `BoundOperation.call`.
   * @throws OperationError; `unknown-operation` suggests the nearest names
   */
  readonly call: (name: string, input: unknown) => Promise<JsonObject>
}

/**
 * Collects bound operations of any number of layers.
 * @throws OperationError with `invalid-definition` when two have the same name
 */
export const createRegistry = (operations: readonly BoundOperation[]): Registry => {
  const byName = new Map(operations.map((operation) => [operation.name, operation]))
  if (byName.size < operations.length) throw duplicateName(operations)

  return {
    list: () => operations,
    get: (name) => byName.get(name),
    search: (query, limit) => searchOperations(operations, query, limit),
    call: async (name, input) => {
      const operation = byName.get(name)
      if (operation === undefined) throw unknownOperation(name, operations)
      return operation.call(input)
    },
  }
}

const duplicateName = (operations: readonly BoundOperation[]): OperationError => {
  const names = operations.map(({ name }) => name)
  const twice = new Set(names.filter((name, index) => names.indexOf(name) !== index))
  return new OperationError(
    'invalid-definition',
    `operation names must be unique; defined twice: ${[...twice].join(', ')}`,
  )
}

const unknownOperation = (name: string, operations: readonly BoundOperation[]): OperationError => {
  const asked = name.slice(0, 80)
  const names = operations.map((operation) => operation.name)
  const near = nearestNames(asked, names)
  const suggestions = near.length > 0 ? near : searchedNames(operations, asked)
  const hint = suggestions.length > 0 ? `: did you mean ${suggestions.join(' or ')}?` : ''
  return new OperationError('unknown-operation', `unknown operation "${asked}"${hint}`)
}

const searchedNames = (operations: readonly BoundOperation[], words: string): string[] =>
  searchOperations(operations, words, 3).map(({ name }) => name)
