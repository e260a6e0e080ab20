import Libsql from 'libsql'
import type { Connection, Row } from '../engine.ts'
import { StorageError } from '../storage-error.ts'
import { primaryCode } from './to-storage-error.ts'

/** The check itself ends with an error where a page is too damaged to be followed. */
const asFinding = (error: unknown): readonly Row[] => {
  const cause = StorageError.is(error) ? error.cause : undefined
  if (cause instanceof Libsql.SqliteError && primaryCode(cause) === 'SQLITE_CORRUPT') {
    return [[cause.message]]
  }
  throw error
}

/** What SQLite finds damaged in the file; empty when it is sound. Reads the whole database. */
export const findDamage = async (connection: Connection): Promise<string[]> => {
  const rows = await connection.execute('pragma integrity_check', []).catch(asFinding)
  return rows.map(([finding]) => String(finding)).filter((finding) => finding !== 'ok')
}
