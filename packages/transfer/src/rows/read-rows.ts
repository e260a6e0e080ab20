import type { Database } from '@athena-memory/db-core'
import { and, asc, count, gt } from 'drizzle-orm'
import { type PortableTable, portableTables } from './portable-table.ts'
import { ROWS_AT_A_TIME, type TableRow, type TableRows } from './table-rows.ts'

/**
 * Reads the tenant's rows of all tables, parents before children, at most 500 at a time.
 *
 * @param snapshot what `read` hands out, unless nobody else writes
 */
export async function* readRows(
  snapshot: Database,
  tables: readonly PortableTable[] = portableTables(snapshot),
): AsyncGenerator<TableRows> {
  for (const table of tables) {
    for await (const rows of readPages(snapshot, table)) yield { table: table.name, rows }
  }
}

/** How many rows the tenant has in each of the tables. */
export const countRows = async (
  { query }: Database,
  tables: readonly PortableTable[],
): Promise<Record<string, number>> => {
  const counts: Record<string, number> = {}
  for (const { name, table, ofTenant } of tables) {
    const [found] = await query.select({ rows: count() }).from(table).where(ofTenant)
    counts[name] = found?.rows ?? 0
  }
  return counts
}

async function* readPages(db: Database, table: PortableTable): AsyncGenerator<TableRow[]> {
  for (let after: unknown; ;) {
    const page = await readPage(db, table, after)
    if (page.length > 0) yield page.map(({ row }) => row)
    if (page.length < ROWS_AT_A_TIME) return
    after = page.at(-1)?.key
  }
}

const readPage = async (
  { query }: Database,
  { table, columns, key, ofTenant }: PortableTable,
  after: unknown,
): Promise<{ key: unknown; row: TableRow }[]> => {
  const row = Object.fromEntries(columns.map(({ name, column }) => [name, column]))
  return query
    .select({ key, row })
    .from(table)
    .where(and(ofTenant, after === undefined ? undefined : gt(key, after)))
    .orderBy(asc(key))
    .limit(ROWS_AT_A_TIME)
}
