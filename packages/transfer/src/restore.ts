import type { Database } from '@athena-memory/db-core'
import { openBackup } from './file/open-backup.ts'
import type { BackupTable, OpenedBackup } from './file/opened-backup.ts'
import { clearRows } from './rows/clear-rows.ts'
import { type PortableTable, portableTables } from './rows/portable-table.ts'
import { countRows, readRows } from './rows/read-rows.ts'
import { type Contents, countsOf, differingTables, tallyRows } from './rows/tally.ts'
import { writeRows } from './rows/write-rows.ts'
import { TransferError } from './transfer-error.ts'
import { type TransferOptions, watch } from './watch.ts'

/** How to restore. */
export interface RestoreOptions extends TransferOptions {
  /** Whether what the tenant has now is removed; false unless given. */
  readonly replace?: boolean
}

/** What was restored. */
export interface RestoreReport {
  /** How many rows of each table there are now. */
  readonly tables: Readonly<Record<string, number>>
}

/**
 * Restores what `backup` wrote, from either kind of database to either kind. Others see the memory
 * as it was until all of it is there and has been read back; after a failure nothing has changed.
 * The rows become the connection's tenant's.
 *
 * @throws TransferError `not-found`, `not-a-backup`, `damaged` or `newer` for the file, `not-empty`
 *   where the tenant has rows and `replace` is not set, `verification-failed` where the database
 *   does not hold what was written to it
 */
export const restore = async (
  database: Database,
  path: string,
  options: RestoreOptions = {},
): Promise<RestoreReport> => {
  const backup = await openBackup(path)
  try {
    const contents = await checkContents(database, backup, options)
    await database.transaction(async (tx) => {
      await makeRoom(tx, options)
      await writeRows(tx, watch(backup.rows(), countsOf(contents), options))
      await verify(tx, backup, contents)
    })
    return { tables: countsOf(contents) }
  } finally {
    await backup.close()
  }
}

/** Reads everything once before anything is changed. */
const checkContents = (
  database: Database,
  { tables, rows }: OpenedBackup,
  { signal }: TransferOptions,
): Promise<Contents> => {
  for (const table of tables) assertKnown(portableTables(database), table)
  return tallyRows(
    watch(rows(), {}, signal ? { signal } : {}),
    tables.map(({ name }) => name),
  )
}

const assertKnown = (known: readonly PortableTable[], { name, columns }: BackupTable): void => {
  const table = known.find((candidate) => candidate.name === name)
  const strange = columns.find((column) => !table?.columns.some((own) => own.name === column))
  if (table && strange === undefined) return
  const what = table ? `the column ${name}.${strange}` : `the table ${name}`
  throw new TransferError('newer', `the backup holds ${what}; update Athena to restore it`)
}

const makeRoom = async (tx: Database, { replace = false }: RestoreOptions): Promise<void> => {
  if (replace) return clearRows(tx)
  const counts = await countRows(tx, portableTables(tx))
  if (Object.values(counts).every((rows) => rows === 0)) return
  const message = 'the database is not empty; restore into an empty one, or replace what it holds'
  throw new TransferError('not-empty', message)
}

const verify = async (
  tx: Database,
  { tables }: OpenedBackup,
  expected: Contents,
): Promise<void> => {
  const written = portableTables(tx).flatMap((table) => narrow(table, tables))
  const found = await tallyRows(readRows(tx, written), Object.keys(expected))
  const [table] = differingTables(expected, found)
  if (table === undefined) return
  const message = `the table ${table} is not what the backup holds; nothing was changed`
  throw new TransferError('verification-failed', message)
}

/** What the backup lacks, being older, was not restored and is not compared. */
const narrow = (table: PortableTable, backedUp: readonly BackupTable[]): PortableTable[] => {
  const same = backedUp.find(({ name }) => name === table.name)
  if (!same) return []
  return [{ ...table, columns: table.columns.filter(({ name }) => same.columns.includes(name)) }]
}
