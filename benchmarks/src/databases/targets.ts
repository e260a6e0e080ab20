import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { createEmptyPostgres } from '@athena-memory/testing'
import { type AddressedConfig, type BenchConfig, parseBenchUrl } from './bench-config.ts'
import { eraseTenant } from './erase-tenant.ts'
import { openBenchDatabase } from './open-bench-database.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** A database to measure, and how to leave nothing of it behind. */
export interface Target<Config extends BenchConfig = BenchConfig> {
  readonly config: Config
  dispose(): Promise<void>
}

/** Prepares a database when its turn comes. */
export type OpenTarget<Config extends BenchConfig = BenchConfig> = () => Promise<Target<Config>>

const TENANT = 'benchmark'

/** A libSQL file in a folder of its own. */
export const temporaryLibsql: OpenTarget<AddressedConfig> = async () => {
  const folder = await temporaryFolder()
  const path = join(folder.path, 'memory.db')
  return { config: { type: 'sqlite', path, tenantId: 'default' }, dispose: folder.dispose }
}

/** A PGlite in a folder of its own. */
export const temporaryPglite: OpenTarget = async () => {
  const folder = await temporaryFolder()
  const path = join(folder.path, 'pglite')
  return { config: { type: 'pglite', path, tenantId: TENANT }, dispose: folder.dispose }
}

/**
 * A new database on a PostgreSQL server, in which statements run as `athena_app`.
 *
 * @param server the address of a role that may create databases and roles
 */
export const temporaryPostgres =
  (server: string): OpenTarget =>
  async () => {
    const { url, execute, drop } = await createEmptyPostgres(server)
    await (await openBenchDatabase(parseBenchUrl(url, TENANT, {}))).close()
    await execute('grant athena_app to current_user')
    const config = parseBenchUrl(url, TENANT, { ATHENA_POSTGRES_ROLE: 'athena_app' })
    return { config, dispose: drop }
  }

/**
 * A tenant of its own in a database that is in use: on libSQL a file beside it, on PostgreSQL rows that
 * are erased again. Nothing else in it is read or changed.
 *
 * @throws ConfigError for what is no address
 */
export const tenantOf =
  (url: string): OpenTarget<AddressedConfig> =>
  async () => {
    const config = parseBenchUrl(url, `${TENANT}-${randomBytes(6).toString('hex')}`)
    return { config, dispose: () => eraseTenant(config) }
  }
