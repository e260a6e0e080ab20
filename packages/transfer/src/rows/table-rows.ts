/** A row by the SQL names of its columns: text, numbers, booleans, `Date`, bytes, vectors, JSON. */
export type TableRow = Readonly<Record<string, unknown>>

/** Some rows of one table. */
export interface TableRows {
  /** SQL name of the table. */
  readonly table: string
  readonly rows: readonly TableRow[]
}

/** How many rows are read or held at a time. */
export const ROWS_AT_A_TIME = 500
