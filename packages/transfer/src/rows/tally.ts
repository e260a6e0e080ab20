import { createHash } from 'node:crypto'
import { toCanonicalJson } from './canonical-json.ts'
import { toCell } from './cell.ts'
import type { TableRow, TableRows } from './table-rows.ts'

/** What a table holds, in short. */
export interface TableContents {
  readonly rows: number
  /**
   * The sum, modulo 2^256, of the SHA-256 of every row, in hex: the same on every database and in
   * any order of rows. It finds accidents, not forgery.
   */
  readonly digest: string
}

/** What tables hold, by their SQL names. */
export type Contents = Readonly<Record<string, TableContents>>

/** Counts and hashes rows that pass by. */
export interface Tally {
  add(chunk: TableRows): void
  contents(): Contents
}

/** Begins a tally in which the tables of these names appear even when they are empty. */
export const createTally = (tables: readonly string[]): Tally => {
  const found = new Map(tables.map((table) => [table, { rows: 0, sum: 0n }]))
  return {
    add({ table, rows }) {
      const before = found.get(table) ?? { rows: 0, sum: 0n }
      const sum = rows.reduce((total, row) => total + hashRow(row), before.sum)
      found.set(table, { rows: before.rows + rows.length, sum: BigInt.asUintN(256, sum) })
    },
    contents: () =>
      Object.fromEntries(
        Array.from(found, ([table, { rows, sum }]) => [table, { rows, digest: toHex(sum) }]),
      ),
  }
}

/** Counts and hashes all of `chunks`; the tables of these names appear even when they are empty. */
export const tallyRows = async (
  chunks: AsyncIterable<TableRows> | Iterable<TableRows>,
  tables: readonly string[] = [],
): Promise<Contents> => {
  const tally = createTally(tables)
  for await (const chunk of chunks) tally.add(chunk)
  return tally.contents()
}

/** The tables in which two contents differ. */
export const differingTables = (one: Contents, other: Contents): string[] =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].filter(
    (table) =>
      one[table]?.rows !== other[table]?.rows || one[table]?.digest !== other[table]?.digest,
  )

/** The number of rows of each table. */
export const countsOf = (contents: Contents): Record<string, number> =>
  Object.fromEntries(Object.entries(contents).map(([table, { rows }]) => [table, rows]))

/** A column without a value counts as one that is not there. */
const hashRow = (row: TableRow): bigint => {
  const cells = Object.entries(row).flatMap(([name, value]) => {
    const cell = toCell(value)
    return cell === null ? [] : [[name, cell] as const]
  })
  const canonical = toCanonicalJson(Object.fromEntries(cells))
  return BigInt(`0x${createHash('sha256').update(canonical).digest('hex')}`)
}

const toHex = (sum: bigint): string => sum.toString(16).padStart(64, '0')
