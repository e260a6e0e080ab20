import { rm } from 'node:fs/promises'
import type { OpenDatabase } from '@athena-memory/db-core'
import { eq } from 'drizzle-orm'
import type { BenchConfig } from './bench-config.ts'
import { openBenchDatabase } from './open-bench-database.ts'

/** Erases what a benchmark's tenant holds, and nothing else: its file on libSQL, its rows on PostgreSQL. */
export const eraseTenant = async (config: BenchConfig): Promise<void> => {
  const database = await openBenchDatabase(config)
  if (database.dialect === 'postgres') await eraseRows(database)
  await database.close()
  if (database.dialect === 'sqlite') await eraseFile(database.location)
}

const eraseRows = ({ transaction, tenantId }: OpenDatabase): Promise<void> =>
  transaction(async ({ query, tables: { derivations, projects, embeddingSpaces } }) => {
    // Everything else goes with its project. The tenant is named: a superuser sees all of them.
    for (const table of [derivations, projects, embeddingSpaces]) {
      await query.delete(table).where(eq(table.tenantId, tenantId))
    }
  })

const eraseFile = async (path: string): Promise<void> => {
  for (const ending of ['', '-wal', '-shm']) await rm(path + ending, { force: true })
}
