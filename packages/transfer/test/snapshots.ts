import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { Database } from '@athena-memory/db-core'
import { sealFile } from '../src/file/seal.ts'
import { SNAPSHOT_START } from '../src/file/snapshot-format.ts'
import { writeSnapshot } from '../src/file/write-snapshot.ts'
import { tallyRows } from '../src/index.ts'
import { fromCell } from '../src/rows/cell.ts'
import { temporaryFolder } from './places.ts'

interface Header {
  version: number
  tables: { name: string; columns: string[]; rows: number }[]
}

type Row = [table: string, ...cells: unknown[]]

/** A snapshot that can be changed. */
export interface Snapshot {
  header: Header
  rows: Row[]
}

/** Writes a snapshot of a database of either kind and answers its path. */
export const makeSnapshot = async (database: Database): Promise<string> => {
  const path = join(temporaryFolder(), 'snapshot')
  await writeSnapshot(database, path, {})
  await sealFile(path)
  return path
}

/** A snapshot with other contents, whose counts, digests and seal are right. */
export const changeSnapshot = async (
  path: string,
  change: (snapshot: Snapshot) => void,
): Promise<string> => {
  const [first = '', ...lines] = gunzipSync(readFileSync(path)).toString().trimEnd().split('\n')
  const snapshot: Snapshot = {
    header: JSON.parse(first),
    rows: lines.slice(0, -1).map((line) => JSON.parse(line)),
  }
  change(snapshot)
  return packSnapshot([snapshot.header, ...snapshot.rows, { contents: await contentsOf(snapshot) }])
}

/** A sealed file of these lines. */
export const packSnapshot = async (lines: readonly unknown[]): Promise<string> => {
  const path = join(temporaryFolder(), 'snapshot')
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
  writeFileSync(path, Buffer.concat([SNAPSHOT_START, gzipSync(text)]))
  await sealFile(path)
  return path
}

const contentsOf = ({ header, rows }: Snapshot) =>
  tallyRows(
    rows.map(([table, ...cells]) => {
      const columns = header.tables.find(({ name }) => name === table)?.columns ?? []
      const row = Object.fromEntries(columns.map((name, at) => [name, fromCell(cells[at])]))
      return { table, rows: [row] }
    }),
    header.tables.map(({ name }) => name),
  )
