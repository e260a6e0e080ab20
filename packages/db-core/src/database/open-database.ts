import type { DatabaseConfig, SqliteConfig } from '../config/database-config.ts'
import { StorageError } from '../storage-error.ts'
import type { DatabaseHealth, OpenDatabase, OpenOptions } from './opened.ts'

/**
 * Opens the configured database with the driver that is installed for it, and brings its tables up
 * to date.
 *
 * @throws StorageError `unavailable` where it cannot be opened; another database is used instead
 *   only where `fallback` says so, and `health` then warns
 */
export const openDatabase = async (
  config: DatabaseConfig,
  options: OpenOptions = {},
): Promise<OpenDatabase> => {
  if (config.type === 'sqlite') return (await libsql()).openLibsql(config, options)
  try {
    return await (await postgres()).openPostgres(config, options)
  } catch (error) {
    if (!config.fallback || !StorageError.is(error) || error.code !== 'unavailable') throw error
    const warning = `PostgreSQL cannot be used (${error.message}): this is the SQLite file that ATHENA_DB_FALLBACK allows, and what is written here stays here`
    return openFallback(config.fallback, warning, options)
  }
}

const openFallback = async (
  fallback: SqliteConfig,
  warning: string,
  options: OpenOptions,
): Promise<OpenDatabase> => {
  options.onWarning?.(warning)
  const opened = await (await libsql()).openLibsql(fallback, options)
  const health = async (): Promise<DatabaseHealth> => {
    const found = await opened.health()
    return { ...found, status: 'degraded', warnings: [warning, ...found.warnings] }
  }
  return { ...opened, health }
}

// Drivers are optional: only the one that is used has to be installed.
const libsql = () => import('../libsql/open-libsql.ts').catch(missing('libsql'))
const postgres = () => import('../postgres/open-postgres.ts').catch(missing('postgres'))

const missing =
  (driver: string) =>
  (cause: unknown): never => {
    const detail = `the driver is not installed; run: npm install ${driver}`
    throw new StorageError('unavailable', { cause, detail })
  }
