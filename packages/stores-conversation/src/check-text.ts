import { StorageError } from '@athena-memory/db-core'

/** The longest text, in bytes of UTF-8. */
export const MAX_TEXT_BYTES = 1_048_576

/** Whether nothing of a text would be left to store. */
export const isBlank = (text: string): boolean => text.replaceAll('\0', '').trim() === ''

/**
 * Refuses a text that is empty or too long.
 *
 * @throws StorageError `invalid` that names the field and what would be right
 */
export const checkText = (field: string, text: string): void => {
  if (isBlank(text)) throw new StorageError('invalid', { detail: `${field} must not be empty` })
  if (Buffer.byteLength(text) <= MAX_TEXT_BYTES) return
  const detail = `${field} must have at most 1 MiB (1048576 bytes) of UTF-8`
  throw new StorageError('invalid', { detail })
}

/** The error for an id of another row that is not there. */
export const missingReference = (field: string, what: string): StorageError =>
  new StorageError('missing-reference', { detail: `${field} must be the id of ${what}` })
