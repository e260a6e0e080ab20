import type { SqliteConfig } from '../config/database-config.ts'
import { checkHealth } from '../database/check-health.ts'
import { createDatabase } from '../database/create-database.ts'
import type { OpenDatabase, OpenOptions } from '../database/opened.ts'
import { tenantPath } from '../config/tenant-path.ts'
import { migrate } from '../migrations/migrate.ts'
import { openLibsqlEngine } from './open-libsql-engine.ts'

/**
 * Opens a libSQL file, making it and its directory when they are missing, and brings its tables up
 * to date.
 *
 * @throws StorageError `unavailable` where the file cannot be opened or is no database
 */
export const openLibsql = async (
  config: SqliteConfig,
  options: OpenOptions = {},
): Promise<OpenDatabase> => {
  const path = tenantPath(config)
  const engine = await openLibsqlEngine({ path })
  const database: OpenDatabase = {
    ...createDatabase(engine),
    tenantId: config.tenantId,
    location: path,
    health: () => checkHealth(engine, async () => ({ warnings: [] })),
    poolStats: () => engine.poolStats(),
    migrate: () => migrate('sqlite', (work) => engine.write(work)),
    copyTo: (target) => engine.backup(target),
    integrityCheck: () => engine.integrityCheck(),
    forTenant: (tenantId) => openLibsql({ ...config, tenantId }, options),
    close: () => engine.close(),
  }
  try {
    if (options.migrate !== false) await database.migrate()
    return database
  } catch (error) {
    await engine.close()
    throw error
  }
}
