import { parseDatabaseUrl, type PostgresConfig } from '@athena-memory/db-core'
import { openPostgres } from '@athena-memory/db-core/postgres'
import connect from 'postgres'
import { createEmptyPostgres } from './empty-postgres.ts'
import type { Backend, TestDatabase } from './test-database.ts'
import { truncateAll } from './truncate-all.ts'

/**
 * A real PostgreSQL with pgvector: a database of its own for each file, whose tables belong to the
 * role of `server`, and in which statements run as `athena_app`.
 *
 * @param server the address of a role that may create databases and roles
 */
export const postgresBackend = (server: string): Backend => ({
  name: 'postgres',
  async open() {
    const { url, drop } = await createEmptyPostgres(server)
    await prepare(url)
    const database = await openPostgres(appConfig(url))
    const [app, owner] = [rawConnection(url, 'athena_app'), rawConnection(url)]
    return {
      ...database,
      execute: app.execute,
      executeAsOwner: owner.execute,
      empty: () => truncateAll(database.tables, owner.execute),
      async close() {
        await Promise.all([database.close(), app.close(), owner.close()])
        await drop()
      },
    }
  },
})

/** Migrates as the owner, who then may act as the application. */
const prepare = async (url: string): Promise<void> => {
  const database = await openPostgres({ ...appConfig(url), role: undefined })
  await database.close()
  const owner = rawConnection(url)
  await owner.execute('grant athena_app, athena_reader to current_user')
  await owner.close()
}

const appConfig = (url: string): PostgresConfig => {
  const config = parseDatabaseUrl(url, { ATHENA_POSTGRES_ROLE: 'athena_app' })
  if (config.type === 'postgres') return config
  throw new Error('ATHENA_TEST_POSTGRES_URL must start with postgres://')
}

const rawConnection = (url: string, role?: string) => {
  const sql = connect(url, {
    max: 1,
    onnotice: () => undefined,
    connection: { 'athena.tenant_id': 'default', ...(role ? { role } : {}) },
  })
  const execute: TestDatabase['execute'] = async (text, params = []) =>
    sql.unsafe(text, params.map(toParameter)).values()
  return { execute, close: () => sql.end() }
}

const toParameter = (value: unknown): string | Uint8Array | null => {
  if (value === null || value instanceof Uint8Array) return value
  return typeof value === 'string' ? value : JSON.stringify(value)
}
