import { StorageError } from '@athena-memory/db-core'

/**
 * A stored name as one of those that this version knows.
 *
 * @throws StorageError `invalid` that names the column
 */
export const memberOf = <Name extends string>(
  names: readonly Name[],
  value: string,
  column: string,
): Name => {
  const name = names.find((candidate) => candidate === value)
  if (name !== undefined) return name
  throw new StorageError('invalid', { detail: `${column} is unknown to this version` })
}
