import {
  type JsonObjectSchema,
  type OperationDescription,
  toJsonSchema,
} from '@athena-memory/operations'
import { UsageError } from '../failure.ts'
import { loadOperations } from './load-operations.ts'

/** What is known of an operation, as JSON. */
export interface OperationListing extends Pick<
  OperationDescription,
  'name' | 'title' | 'description' | 'effect' | 'idempotent'
> {
  readonly inputSchema: JsonObjectSchema
  readonly outputSchema: JsonObjectSchema
}

/**
 * Every operation, or those of one layer.
 *
 * @throws UsageError for a layer that there is not
 */
export const listOperations = async ({
  layer,
}: {
  readonly layer?: string
}): Promise<OperationListing[]> => {
  const operations = await loadOperations()
  const layers = new Set(operations.map((operation) => operation.layer))
  if (layer !== undefined && !layers.has(layer)) {
    throw new UsageError(`--layer: expected one of ${[...layers].join(', ')}`)
  }
  return operations
    .filter((operation) => layer === undefined || operation.layer === layer)
    .map(toListing)
}

const toListing = (operation: OperationDescription): OperationListing => ({
  name: operation.name,
  title: operation.title,
  description: operation.description,
  effect: operation.effect,
  idempotent: operation.idempotent,
  inputSchema: toJsonSchema(operation.input, 'input'),
  outputSchema: toJsonSchema(operation.output, 'output'),
})
