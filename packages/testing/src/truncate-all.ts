import { getTableName } from 'drizzle-orm'
import type { Tables } from '@athena-memory/db-core'
import type { TestDatabase } from './test-database.ts'

/** Removes the rows of every tenant, which `delete` under row level security would not see. */
export const truncateAll = async (
  tables: Tables,
  executeAsOwner: TestDatabase['executeAsOwner'],
): Promise<void> => {
  const names = Object.values(tables).map((table) => `"${getTableName(table)}"`)
  await executeAsOwner(`truncate ${names.join(', ')}, document_log restart identity cascade`)
}
