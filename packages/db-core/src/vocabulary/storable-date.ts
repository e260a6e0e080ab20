import { StorageError } from '../storage-error.ts'

const FIRST = Date.parse('0001-01-01T00:00:00Z')
const LAST = Date.parse('9999-12-31T23:59:59.999Z')

/**
 * An instant that both databases keep.
 *
 * @throws StorageError `invalid` for one that is no date, or outside the years 1 to 9999
 */
export const toStorableDate = (date: Date): Date => {
  if (date.getTime() >= FIRST && date.getTime() <= LAST) return date
  throw new StorageError('invalid', { detail: 'a time must be a date of the years 1 to 9999' })
}
