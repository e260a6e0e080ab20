import { parseDatabaseUrl, type PostgresConfig } from '@athena-memory/db-core'
import { openPostgres } from '@athena-memory/db-core/postgres'
import { connectPostgres, createEmptyPostgres } from './empty-postgres.ts'
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
    const { url, execute, drop } = await createEmptyPostgres(server)
    await migrate(url)
    // The owner may then act as the application.
    await execute('grant athena_app, athena_reader to current_user')
    const database = await openPostgres(appConfig(url))
    const app = await openRaw(url, '-c role=athena_app')
    const owner = await openRaw(url)
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

const migrate = async (url: string): Promise<void> => {
  const database = await openPostgres({ ...appConfig(url), role: undefined })
  await database.close()
}

const appConfig = (url: string): PostgresConfig => {
  const config = parseDatabaseUrl(url, { ATHENA_POSTGRES_ROLE: 'athena_app' })
  if (config.type === 'postgres') return config
  throw new Error('ATHENA_TEST_POSTGRES_URL must start with postgres://')
}

const openRaw = async (url: string, options = '') => {
  const client = await connectPostgres(url, `-c athena.tenant_id=default ${options}`)
  const execute: TestDatabase['execute'] = async (text, params = []) => {
    const values = params.map(toParameter)
    return (await client.query<unknown[]>({ text, values, rowMode: 'array' })).rows
  }
  return { execute, close: () => client.end() }
}

const toParameter = (value: unknown): string | Uint8Array | null => {
  if (value === null || value instanceof Uint8Array) return value
  return typeof value === 'string' ? value : JSON.stringify(value)
}
