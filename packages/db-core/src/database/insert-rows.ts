import { type Column, getTableColumns, getTableName } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'
import type { Connection, Dialect } from '../engine.ts'
import { chunksOf } from '../stores/chunks.ts'
import { toStorableText } from '../vocabulary/storable-text.ts'

/** How rows are inserted. */
export interface InsertOptions {
  /** Whether rows with a key that is taken are passed over; otherwise they are a `conflict`. */
  readonly passOverTaken?: boolean
}

/** A table whose rows can be inserted. */
export type InsertableTable = PgTable

/**
 * Inserts rows in few statements and says how many were inserted. For many rows this takes a fifth of
 * the time of `query.insert`, which makes an object of every value. Columns that no row names keep their
 * defaults; of the others what is undefined is null.
 */
export const insertRows = async <Table extends InsertableTable>(
  { dialect, connection }: { dialect: Dialect; connection: Connection },
  { table, rows }: { table: Table; rows: readonly Table['$inferInsert'][] },
  { passOverTaken = false }: InsertOptions = {},
): Promise<number> => {
  const columns = givenColumns(table, rows)
  const insert = { dialect, table, columns, passOverTaken }
  return connection.changeEach
    ? insertInBlocks(connection.changeEach, insert, rows)
    : insertAtOnce(connection, insert, rows)
}

interface Insert {
  readonly dialect: Dialect
  readonly table: PgTable
  readonly columns: readonly NamedColumn[]
  readonly passOverTaken: boolean
}

/** Rows of one statement on PostgreSQL: while it works on some, the next ones are made ready. */
const SENT_ROWS = 100

/** Statements of these numbers of rows are the same ones every time, and so prepared already. */
const BLOCKS = [100, 10, 1]

const insertAtOnce = async (
  connection: Connection,
  insert: Insert,
  rows: readonly object[],
): Promise<number> => {
  let inserted = 0
  let sent: Promise<readonly unknown[]> = Promise.resolve([])
  for (const chunk of chunksOf(rows, SENT_ROWS)) {
    const text = `${insertText(insert, chunk.length)} returning 1`
    const next = connection.execute(text, toParameters(insert.columns, chunk))
    // Waited for in its turn, unless the one before it fails.
    next.catch(() => undefined)
    inserted += (await sent).length
    sent = next
  }
  return inserted + (await sent).length
}

const insertInBlocks = async (
  changeEach: NonNullable<Connection['changeEach']>,
  insert: Insert,
  rows: readonly object[],
): Promise<number> => {
  let inserted = 0
  let start = 0
  for (const size of BLOCKS) {
    const end = rows.length - ((rows.length - start) % size)
    if (end === start) continue
    const blocks = listBlocks(insert.columns, rows.slice(start, end), size)
    inserted += await changeEach(insertText(insert, size), blocks)
    start = end
  }
  return inserted
}

function* listBlocks(
  columns: readonly NamedColumn[],
  rows: readonly object[],
  size: number,
): Generator<unknown[]> {
  for (const block of chunksOf(rows, size)) yield toParameters(columns, block)
}

type NamedColumn = readonly [key: string, column: Column]

const givenColumns = (table: PgTable, rows: readonly object[]): NamedColumn[] =>
  Object.entries(getTableColumns(table)).filter(([key]) =>
    rows.some((row) => Reflect.get(row, key) !== undefined),
  )

const toParameters = (columns: readonly NamedColumn[], rows: readonly object[]): unknown[] => {
  const parameters: unknown[] = []
  for (const row of rows) {
    for (const [key, column] of columns) parameters.push(toParameter(column, Reflect.get(row, key)))
  }
  return parameters
}

const toParameter = (column: Column, value: unknown): unknown => {
  if (value === undefined || value === null) return null
  return column.mapToDriverValue(typeof value === 'string' ? toStorableText(value) : value)
}

const insertText = ({ dialect, table, columns, passOverTaken }: Insert, rows: number): string =>
  `insert into "${getTableName(table)}" (${columns.map(([, { name }]) => `"${name}"`).join(', ')})
    values ${placeholders(dialect, rows, columns.length)}${passOverTaken ? ' on conflict do nothing' : ''}`

const placeholders = (dialect: Dialect, rows: number, columns: number): string => {
  if (dialect === 'sqlite') {
    const row = `(${Array.from({ length: columns }, () => '?').join(', ')})`
    return Array.from({ length: rows }, () => row).join(', ')
  }
  const place = (row: number, column: number) => `$${row * columns + column + 1}`
  return Array.from(
    { length: rows },
    (_, row) =>
      `(${Array.from({ length: columns }, (__, column) => place(row, column)).join(', ')})`,
  ).join(', ')
}
