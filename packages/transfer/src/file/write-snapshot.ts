import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Database } from '@athena-memory/db-core'
import { toCell } from '../rows/cell.ts'
import { portableTables } from '../rows/portable-table.ts'
import { countRows, readRows } from '../rows/read-rows.ts'
import type { TableRows } from '../rows/table-rows.ts'
import { createTally } from '../rows/tally.ts'
import { type TransferOptions, watch } from '../watch.ts'
import { describeTable } from './opened-backup.ts'
import { SNAPSHOT_START, SNAPSHOT_VERSION, type SnapshotHeader } from './snapshot-format.ts'

/** Writes the tenant's rows, as they are at one moment, to the file `path`. */
export const writeSnapshot = (
  database: Database,
  path: string,
  options: TransferOptions,
): Promise<void> =>
  // After a lost connection this runs again and writes the file anew.
  database.read(async (snapshot) => {
    const tables = portableTables(snapshot)
    const counts = await countRows(snapshot, tables)
    const header: SnapshotHeader = {
      format: 'athena-snapshot',
      version: SNAPSHOT_VERSION,
      createdAt: new Date().toISOString(),
      dialect: snapshot.dialect,
      tables: tables.map((table) => describeTable(table, counts)),
    }
    const chunks = watch(readRows(snapshot, tables), counts, options)
    await pipeline(
      toLines(header, chunks),
      createGzip(),
      markStart,
      createWriteStream(path, { mode: 0o600 }),
    )
  })

async function* toLines(
  header: SnapshotHeader,
  chunks: AsyncIterable<TableRows>,
): AsyncGenerator<string> {
  const tally = createTally(header.tables.map(({ name }) => name))
  const columns = new Map(header.tables.map((table) => [table.name, table.columns]))
  yield toLine(header)
  for await (const { table, rows } of chunks) {
    tally.add({ table, rows })
    const names = columns.get(table) ?? []
    for (const row of rows) yield toLine([table, ...names.map((name) => toCell(row[name]))])
  }
  yield toLine({ contents: tally.contents() })
}

const toLine = (value: unknown): string => `${JSON.stringify(value)}\n`

async function* markStart(parts: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield SNAPSHOT_START
  yield* parts
}
