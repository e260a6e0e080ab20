import type { Database } from '@athena-memory/db-core'
import { type PortableTable, portableTables } from './portable-table.ts'
import { createReferences } from './references.ts'
import type { TableRow, TableRows } from './table-rows.ts'

/**
 * Rows of one statement: PostgreSQL puts every vector into its graph, and a statement has to end
 * within its time limit. It also stays far below the 32,766 parameters that SQLite takes.
 */
const ROWS_OF_A_STATEMENT = 100

/**
 * Writes rows as new rows of the connection's tenant. Tables come parents before children, as
 * `readRows` reads them; rows that refer to rows of their own table may come in any order.
 *
 * @throws TypeError for a table that the database has not got
 */
export const writeRows = async (
  tx: Database,
  chunks: AsyncIterable<TableRows> | Iterable<TableRows>,
): Promise<void> => {
  const tables = new Map(portableTables(tx).map((table) => [table.name, table]))
  const references = createReferences()
  for await (const { table: name, rows } of chunks) {
    const table = tables.get(name)
    if (!table) throw new TypeError(`there is no table ${name}`)
    await insert(tx, table, references.cut(table, rows))
  }
  await references.tie(tx)
}

const insert = async ({ query }: Database, table: PortableTable, rows: readonly TableRow[]) => {
  for (let start = 0; start < rows.length; start += ROWS_OF_A_STATEMENT) {
    const some = rows.slice(start, start + ROWS_OF_A_STATEMENT)
    const values = some.map((row) => toValues(table, row))
    await query.insert(table.table).values(values)
  }
}

const toValues = ({ columns }: PortableTable, row: TableRow): Record<string, unknown> =>
  Object.fromEntries(columns.map(({ property, name }) => [property, row[name]]))
