import type { Connection, RawRow } from '../connection/connection.ts'
import { toJsonRow, uniqueNames, type JsonRow } from './to-json-row.ts'

/** What may come back. */
export interface Caps {
  readonly maxRows: number
  /** Of the text of all values together. */
  readonly maxBytes: number
}

/** What came back. */
export interface ReadResult {
  /** The names under which values stand in rows, in the order of the statement. */
  readonly columns: readonly string[]
  readonly rows: readonly JsonRow[]
  /** Whether there is more than the caps let through. */
  readonly truncated: boolean
  /** Rows that a statement changed or read, as PostgreSQL counts them. */
  readonly count: number
}

/** Runs one statement and takes its rows until a cap is reached; the server makes no more of them. */
export const readResult = async (
  connection: Connection,
  {
    sql,
    params,
    caps,
  }: { readonly sql: string; readonly params: readonly (string | null)[]; readonly caps: Caps },
): Promise<ReadResult> => {
  const rows: JsonRow[] = []
  let left = caps.maxBytes
  let truncated = false
  const { columns, count } = await connection.run(sql, {
    params,
    batch: Math.min(50, caps.maxRows + 1),
    onRows(batch, described) {
      const names = uniqueNames(described)
      for (const row of batch) {
        left -= sizeOf(row)
        truncated = rows.length >= caps.maxRows || left < 0
        if (truncated) return false
        rows.push(toJsonRow(row, described, names))
      }
      return true
    },
  })
  return { columns: uniqueNames(columns), rows, truncated, count }
}

const sizeOf = (row: RawRow): number =>
  row.reduce((sum, value) => sum + (value === null ? 4 : Buffer.byteLength(value)), 0)
