import Libsql from 'libsql'
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
}

/** What the driver throws for an error of SQLite. */
type SqliteError = InstanceType<typeof Libsql.SqliteError>

/** Primary codes by their numbers. The driver knows no name of some that extend them. */
const PRIMARY_CODES: Readonly<Record<number, string>> = {
  3: 'SQLITE_PERM',
  5: 'SQLITE_BUSY',
  6: 'SQLITE_LOCKED',
  7: 'SQLITE_NOMEM',
  8: 'SQLITE_READONLY',
  10: 'SQLITE_IOERR',
  11: 'SQLITE_CORRUPT',
  13: 'SQLITE_FULL',
  14: 'SQLITE_CANTOPEN',
  15: 'SQLITE_PROTOCOL',
  18: 'SQLITE_TOOBIG',
  19: 'SQLITE_CONSTRAINT',
  20: 'SQLITE_MISMATCH',
  25: 'SQLITE_RANGE',
  26: 'SQLITE_NOTADB',
}

/** What an error of SQLite is called, without what an extended code adds. */
export const primaryCode = ({ code, rawCode = 0 }: SqliteError): string =>
  PRIMARY_CODES[rawCode & 0xff] ?? code

const unknown: Meaning = { code: 'unknown' }

/** The columns a constraint names, when the driver's message holds nothing but their names. */
const constrainedColumns = (message: string): string | undefined =>
  /constraint failed: (\w+\.\w+(?:, \w+\.\w+)*)$/.exec(message)?.[1]

const describeConstraint = (code: string, columns: string) =>
  code === 'SQLITE_CONSTRAINT_NOTNULL'
    ? `${columns} must not be null`
    : `a row with the same ${columns} exists already`

const meaningOf = (error: SqliteError): Meaning => {
  const meaning = meanings[error.code] ?? meanings[primaryCode(error)] ?? unknown
  const columns = constrainedColumns(error.message)
  if (columns === undefined) return meaning
  return { ...meaning, detail: describeConstraint(error.code, columns) }
}

/**
 * Translates what the libSQL driver threw. A `StorageError` is returned as it is; anything that is
 * not understood becomes `unknown`. The detail names columns and what to do, never a value.
 */
export const toStorageError = (error: unknown): StorageError => {
  if (StorageError.is(error)) return error
  if (error instanceof Libsql.SqliteError) {
    return new StorageError(meaningOf(error).code, { ...meaningOf(error), cause: error })
  }
  // Opening a connection fails with the native binding's own error, which has no code.
  if (error instanceof Error && error.message.startsWith('ConnectionFailed')) {
    return new StorageError('unavailable', { ...meanings['SQLITE_CANTOPEN'], cause: error })
  }
  return new StorageError('unknown', { cause: error })
}
