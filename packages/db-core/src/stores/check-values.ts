import { StorageError } from '../storage-error.ts'

/**
 * Refuses numbers that are not from 0 to 1; absent ones are fine.
 *
 * @throws StorageError `invalid` that names the field
 */
export const checkShares = (values: Readonly<Record<string, number | undefined>>): void => {
  for (const [field, value] of Object.entries(values)) {
    if (value === undefined || (value >= 0 && value <= 1)) continue
    throw new StorageError('invalid', { detail: `${field} must be from 0 to 1` })
  }
}

/**
 * A stored name as one of those that this version knows.
 *
 * @param what names the stored value in the error
 * @throws StorageError `invalid` that says what is unknown
 */
export const memberOf = <Name extends string>(
  names: readonly Name[],
  value: string,
  what: string,
): Name => {
  const name = names.find((candidate) => candidate === value)
  if (name !== undefined) return name
  throw new StorageError('invalid', { detail: `${what} is unknown to this version` })
}
