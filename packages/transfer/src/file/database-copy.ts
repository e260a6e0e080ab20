import { createReadStream, createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type OpenDatabase, openDatabase, StorageError } from '@athena-memory/db-core'
import { portableTables } from '../rows/portable-table.ts'
import { countRows, readRows } from '../rows/read-rows.ts'
import { TransferError } from '../transfer-error.ts'
import { describeTable, type OpenedBackup } from './opened-backup.ts'
import type { Sealed } from './seal.ts'

const MAGIC = Buffer.from('SQLite format 3\0')

/** Whether a file that begins with `start` is an SQLite database. */
export const isDatabase = (start: Buffer): boolean =>
  start.subarray(0, MAGIC.length).equals(MAGIC) && start.length >= 100

/** How large the database says it is (https://www.sqlite.org/fileformat2.html#the_database_header). */
export const databaseBytes = (start: Buffer): number => {
  const pageBytes = start.readUInt16BE(16)
  // 64 KiB does not fit the field and is written as 1.
  return start.readUInt32BE(28) * (pageBytes === 1 ? 65_536 : pageBytes)
}

/**
 * Opens a copy of a backed up database: SQLite changes what it opens, and a backup of an older
 * version gets the tables of this one. The copy lies in the folder for temporary files.
 *
 * @throws TransferError `not-a-backup` or `newer`
 */
export const openDatabaseCopy = async (
  path: string,
  { bodyBytes }: Sealed,
): Promise<OpenedBackup> => {
  const folder = await mkdtemp(join(tmpdir(), 'athena-backup-'))
  const removeFolder = () => rm(folder, { recursive: true, force: true })
  try {
    const copy = join(folder, 'copy.db')
    const body = createReadStream(path, { end: bodyBytes - 1 })
    await pipeline(body, createWriteStream(copy, { mode: 0o600 }))
    const database = await openMigrated(copy)
    const close = () => database.close().finally(removeFolder)
    return { ...(await describeContents(database)), close }
  } catch (error) {
    await removeFolder()
    throw error
  }
}

const describeContents = async (database: OpenDatabase): Promise<Omit<OpenedBackup, 'close'>> => {
  const tables = portableTables(database)
  const counts = await countRows(database, tables)
  return {
    tables: tables.map((table) => describeTable(table, counts)),
    rows: () => readRows(database, tables),
  }
}

const openMigrated = async (path: string): Promise<OpenDatabase> => {
  const config = { type: 'sqlite', path, tenantId: 'default' } as const
  const database = await openDatabase(config, { migrate: false })
  try {
    const { migrations } = await database.health()
    if (migrations?.applied === 0) {
      throw new TransferError('not-a-backup', 'the file is a database of another program')
    }
    await database.migrate()
    return database
  } catch (error) {
    await database.close()
    throw isNewer(error) ? newer(error) : error
  }
}

/** The one thing that migrating refuses as `invalid`. */
const isNewer = (error: unknown): boolean => StorageError.is(error) && error.code === 'invalid'

const newer = (cause: unknown) =>
  new TransferError('newer', 'a newer version made the backup; update Athena to restore it', {
    cause,
  })
