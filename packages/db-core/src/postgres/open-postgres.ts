import { AsyncLocalStorage } from 'node:async_hooks'
import { DEFAULT_TENANT, type PostgresConfig } from '../config/database-config.ts'
import { checkHealth } from '../database/check-health.ts'
import { type CallScope, createDatabase } from '../database/create-database.ts'
import type { OpenDatabase, OpenOptions } from '../database/opened.ts'
import type { Connection, Engine } from '../engine.ts'
import { migrate, migrationState } from '../migrations/migrate.ts'
import { inspectPostgres } from './inspect-postgres.ts'
import { createPostgresEngine, type PostgresEngine } from './postgres-engine.ts'
import { createPgDriver } from './pg-driver.ts'
import { requirePgvector } from './require-pgvector.ts'
import { prepareRoles, secure } from './secure.ts'

const CONNECT_TIMEOUT_MS = 10_000

/**
 * Opens a PostgreSQL database as one tenant, and brings its tables up to date as their owner.
 *
 * @throws StorageError `unavailable` where it cannot be reached or pgvector is missing
 */
export const openPostgres = async (
  config: PostgresConfig,
  options: OpenOptions = {},
): Promise<OpenDatabase> => {
  const engine = connect(config, config.url, {
    'athena.tenant_id': config.tenantId,
    ...(config.role ? { role: config.role } : {}),
  })
  const database = postgresDatabase(engine, {
    tenantId: config.tenantId,
    location: withoutPassword(config.url),
    migrate: () => migrateAsOwner(config, engine),
  })
  try {
    await warm(engine, config.minSize)
    if (options.migrate !== false) await database.migrate()
    return database
  } catch (error) {
    await engine.close()
    throw error
  }
}

/** What a database says of itself beside what its engine says. */
type About = Pick<OpenDatabase, 'tenantId' | 'location' | 'migrate'>

/** A PostgreSQL database over an engine, for its owner and for tenants that share it. */
export const postgresDatabase = (engine: PostgresEngine, about: About): OpenDatabase => {
  const scope: CallScope = new AsyncLocalStorage()
  const viewOf = (view: Engine, tenantId: string): OpenDatabase => ({
    ...createDatabase(view, scope),
    ...about,
    tenantId,
    health: () => checkHealth(view, () => inspectPostgres(view)),
    poolStats: () => view.poolStats(),
    forTenant: async (other) => viewOf(engine.withTenant(other), other),
    // The connections belong to the database that was opened.
    close: async () => undefined,
  })
  return { ...viewOf(engine, about.tenantId), close: () => engine.close() }
}

/** Applies what is pending over a connection of the owner. */
export const migratePostgres = (engine: PostgresEngine): Promise<number> =>
  migrate('postgres', (work) => engine.exclusive(prepared(work)), secure)

const prepared =
  <T>(work: (connection: Connection) => Promise<T>) =>
  async (connection: Connection): Promise<T> => {
    await requirePgvector(connection)
    await prepareRoles(connection)
    return work(connection)
  }

const migrateAsOwner = async (config: PostgresConfig, app: PostgresEngine): Promise<number> => {
  const { pending } = await migrationState('postgres', app)
  if (pending === 0) return 0
  const owner = connect({ ...config, maxSize: 1 }, config.ownerUrl ?? config.url, {
    'athena.tenant_id': DEFAULT_TENANT,
  })
  return migratePostgres(owner).finally(() => owner.close())
}

const connect = (
  config: PostgresConfig,
  url: string,
  settings: Record<string, string>,
): PostgresEngine =>
  createPostgresEngine(
    createPgDriver({ ...config, url, settings, connectTimeoutMs: CONNECT_TIMEOUT_MS }),
  )

/** Opens the connections that are kept, at once. */
const warm = async (engine: Engine, size: number): Promise<void> => {
  const ping = () => engine.execute('select 1', [])
  await Promise.all(Array.from({ length: size }, ping))
}

const withoutPassword = (url: string): string => {
  const location = new URL(url)
  location.password = ''
  return location.href
}
