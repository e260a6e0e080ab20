import type { OpenDatabase } from '@athena-memory/db-core'
import { createFile } from './file/create-file.ts'
import { openBackup } from './file/open-backup.ts'
import { sealFile } from './file/seal.ts'
import { writeSnapshot } from './file/write-snapshot.ts'
import { countsOf, tallyRows } from './rows/tally.ts'
import { type TransferOptions, watch } from './watch.ts'

/** What was backed up. */
export interface BackupReport {
  readonly path: string
  /** Size of the file. */
  readonly bytes: number
  /** How many rows of each table it holds. */
  readonly tables: Readonly<Record<string, number>>
  /** SHA-256 of the file, in hex. */
  readonly sha256: string
}

/**
 * Writes a copy of the memory, as it is at one moment, to a new file while others go on writing.
 * The file appears under its name when it is complete, on disk, and has been read back: on libSQL
 * it is an SQLite database, on PostgreSQL a snapshot of this tenant's rows; its owner alone may
 * read it.
 *
 * @throws TransferError `exists` or `not-writable` before anything is written
 */
export const backup = async (
  database: OpenDatabase,
  path: string,
  options: TransferOptions = {},
): Promise<BackupReport> =>
  createFile(path, async (partial) => {
    // SQLite copies in one step; then the reading back is what takes its time, row by row.
    const isCopied = database.copyTo !== undefined
    if (database.copyTo) await database.copyTo(partial)
    else await writeSnapshot(database, partial, options)
    await sealFile(partial)
    return { path, ...(await readBack(partial, isCopied ? options : withoutProgress(options))) }
  })

const readBack = async (path: string, options: TransferOptions) => {
  const { tables, rows, close, file } = await openBackup(path)
  try {
    const totals = Object.fromEntries(tables.map((table) => [table.name, table.rows]))
    const contents = await tallyRows(watch(rows(), totals, options), Object.keys(totals))
    return { bytes: file.bytes, tables: countsOf(contents), sha256: file.sha256 }
  } finally {
    await close()
  }
}

const withoutProgress = ({ signal }: TransferOptions): TransferOptions => (signal ? { signal } : {})
