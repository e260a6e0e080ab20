import type { Database } from '@athena-memory/db-core'
import { isNotNull, and } from 'drizzle-orm'
import { type PortableTable, portableTables } from './portable-table.ts'

/** Removes all rows of the connection's tenant. */
export const clearRows = async (tx: Database): Promise<void> => {
  for (const table of portableTables(tx).toReversed()) {
    await dropReferences(tx, table)
    await tx.query.delete(table.table).where(table.ofTenant)
  }
}

/** SQLite would follow a chain of them, row by row, and gives up after 1,000. */
const dropReferences = async (
  { query }: Database,
  { table, selfReferences, ofTenant }: PortableTable,
): Promise<void> => {
  for (const { property, column } of selfReferences) {
    await query
      .update(table)
      .set({ [property]: null })
      .where(and(ofTenant, isNotNull(column)))
  }
}
