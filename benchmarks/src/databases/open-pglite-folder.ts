import { PGlite } from '@electric-sql/pglite'
import { vector } from '@electric-sql/pglite-pgvector'
import type { OpenDatabase } from '@athena-memory/db-core'
import {
  createPostgresEngine,
  migratePostgres,
  postgresDatabase,
} from '@athena-memory/db-core/postgres'
import { createPgliteDriver } from '@athena-memory/testing'

/** Opens a PGlite that lies in a folder, and works in it as `athena_app`, under row level security. */
export const openPgliteFolder = async ({
  path,
  tenantId,
}: {
  readonly path: string
  readonly tenantId: string
}): Promise<OpenDatabase> => {
  const client = await PGlite.create(path, { extensions: { vector } })
  const engine = createPostgresEngine(createPgliteDriver(client))
  await migratePostgres(engine)
  await client.query(`select set_config('athena.tenant_id', $1, false)`, [tenantId])
  await client.exec('set role athena_app')
  const about = { tenantId, location: path, migrate: async () => 0 }
  return postgresDatabase(engine, about)
}
