import { LibsqlError } from '@libsql/client'
import { StorageError, type StorageErrorCode } from '../storage-error.ts'

interface Meaning {
  readonly code: StorageErrorCode
  readonly detail?: string
}

const failing = (detail: string): Meaning => ({ code: 'unavailable', detail })

const meanings: Readonly<Record<string, Meaning>> = {
  SQLITE_BUSY: { code: 'busy' },
  SQLITE_LOCKED: { code: 'busy' },
  SQLITE_PROTOCOL: { code: 'busy' },
  SQLITE_CONSTRAINT: { code: 'invalid' },
  SQLITE_CONSTRAINT_UNIQUE: { code: 'conflict' },
  SQLITE_CONSTRAINT_PRIMARYKEY: { code: 'conflict' },
  SQLITE_CONSTRAINT_ROWID: { code: 'conflict' },
  SQLITE_CONSTRAINT_FOREIGNKEY: { code: 'missing-reference' },
  SQLITE_MISMATCH: { code: 'invalid' },
  SQLITE_RANGE: { code: 'invalid', detail: 'there are more values than places in the statement' },
  SQLITE_TOOBIG: { code: 'invalid', detail: 'a value is larger than SQLite stores' },
  SQLITE_IOERR: failing('the database file cannot be read or written; check the disk'),
  SQLITE_CANTOPEN: failing('the database file cannot be opened; check its path and permissions'),
  SQLITE_PERM: failing('the database file cannot be opened; check its permissions'),
  SQLITE_NOTADB: failing('the file is not a SQLite database; name another file'),
  SQLITE_CORRUPT: failing('the database file is damaged; restore a backup'),
  SQLITE_READONLY: failing('the database is read only; make its file and directory writable'),
  SQLITE_FULL: failing('the disk is full; free some space'),
  SQLITE_NOMEM: failing('the process is out of memory'),
  CLIENT_CLOSED: failing('the database was closed; open it again'),
  TRANSACTION_CLOSED: {
    code: 'invalid',
    detail: 'the transaction is over; await every statement inside it',
  },
}

const unknown: Meaning = { code: 'unknown' }

/** The columns a constraint names, when the driver's message holds nothing but their names. */
const constrainedColumns = (message: string): string | undefined =>
  /constraint failed: (\w+\.\w+(?:, \w+\.\w+)*)$/.exec(message)?.[1]

const describeConstraint = (extendedCode: string | undefined, columns: string) =>
  extendedCode === 'SQLITE_CONSTRAINT_NOTNULL'
    ? `${columns} must not be null`
    : `a row with the same ${columns} exists already`

const meaningOf = (error: LibsqlError): Meaning => {
  const meaning = meanings[error.extendedCode ?? ''] ?? meanings[error.code] ?? unknown
  const columns = constrainedColumns(error.message)
  if (columns === undefined) return meaning
  return { ...meaning, detail: describeConstraint(error.extendedCode, columns) }
}

/**
 * Translates what the libSQL driver threw. A `StorageError` is returned as it is; anything that is
 * not understood becomes `unknown`. The detail names columns and what to do, never a value.
 */
export const toStorageError = (error: unknown): StorageError => {
  if (StorageError.is(error)) return error
  if (error instanceof LibsqlError) {
    return new StorageError(meaningOf(error).code, { ...meaningOf(error), cause: error })
  }
  // Opening a connection fails with the native binding's own error, which has no code.
  if (error instanceof Error && error.message.startsWith('ConnectionFailed')) {
    return new StorageError('unavailable', { ...meanings['SQLITE_CANTOPEN'], cause: error })
  }
  // The driver's own check of what a number or a 64-bit integer can hold.
  if (error instanceof RangeError) {
    return new StorageError('invalid', {
      cause: error,
      detail: 'an integer is out of range; store it as text',
    })
  }
  return new StorageError('unknown', { cause: error })
}
