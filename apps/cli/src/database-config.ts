import { type DatabaseConfig, loadConfig, parseDatabaseUrl } from '@athena-memory/db-core'
import type { GlobalOptions } from './global-options.ts'

/**
 * The database that `--db` means or, without it, the environment.
 *
 * @throws ConfigError that names the flag or the variable, and what would be right
 */
export const readDatabaseConfig = ({ db }: Pick<GlobalOptions, 'db'>): DatabaseConfig =>
  db === undefined ? loadConfig() : parseDatabaseUrl(db, process.env, '--db')
