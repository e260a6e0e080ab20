import type { OperationDescription } from '@athena-memory/operations'

/** Everything that can be done, or what one layer can do, without opening a database. */
export const loadOperations = async (layer?: string): Promise<readonly OperationDescription[]> => {
  const { describeOperations, findLayerName } = await import('athena-memory')
  const name = layer === undefined ? undefined : findLayerName(layer)
  return describeOperations({ layers: name && [name] })
}
