import { ROWS_AT_A_TIME, type TableRow, type TableRows } from './table-rows.ts'

/** One row of a table, with how much memory it takes, roughly. */
export interface SizedRow {
  readonly table: string
  readonly row: TableRow
  readonly size: number
}

/** The size that ends a batch. */
const ENOUGH = 8_000_000

/** Puts rows together that follow each other in one table, as many as are held at a time. */
export async function* batchRows(rows: AsyncIterable<SizedRow>): AsyncGenerator<TableRows> {
  let batch: { table: string; rows: TableRow[]; size: number } | undefined
  for await (const { table, row, size } of rows) {
    if (batch && (batch.table !== table || isFull(batch))) {
      yield batch
      batch = undefined
    }
    batch ??= { table, rows: [], size: 0 }
    batch.rows.push(row)
    batch.size += size
  }
  if (batch) yield batch
}

const isFull = ({ rows, size }: { rows: readonly TableRow[]; size: number }): boolean =>
  rows.length >= ROWS_AT_A_TIME || size >= ENOUGH
