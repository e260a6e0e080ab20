import { isIPv6 } from 'node:net'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ConfigError } from './config-error.ts'
import {
  type DatabaseConfig,
  DEFAULT_TENANT,
  type PostgresConfig,
  type SqliteConfig,
} from './database-config.ts'

type Environment = Readonly<Record<string, string | undefined>>

const STATEMENT_TIMEOUT_MS = 30_000
const LOCK_TIMEOUT_MS = 10_000

/**
 * Reads which database to open. The first that is set decides: `ATHENA_DATABASE_URL`,
 * `ATHENA_DB_TYPE`, `ATHENA_POSTGRES_HOST`; else a file at `ATHENA_DB_PATH`, by default
 * `~/.athena/memory.db`.
 *
 * @throws ConfigError that names the variable
 */
export const loadConfig = (env: Environment = process.env): DatabaseConfig => {
  const url = setting(env, 'ATHENA_DATABASE_URL')
  if (url !== undefined) return parseDatabaseUrl(url, env)
  return databaseType(env) === 'postgres'
    ? postgresConfig(urlFromParts(env), env)
    : sqliteConfig(defaultPath(env), env)
}

/**
 * Reads a database's address: `file:PATH`, `postgres://...` or `postgresql://...`; everything else
 * comes from the environment.
 *
 * @param variable what the address is called in an error
 * @throws ConfigError that names the variable
 */
export const parseDatabaseUrl = (
  url: string,
  env: Environment = process.env,
  variable = 'ATHENA_DATABASE_URL',
): DatabaseConfig => {
  if (/^postgres(ql)?:\/\//.test(url)) return postgresConfig(checkedUrl(url, variable), env)
  if (url.startsWith('file:')) return sqliteConfig(pathOf(url, variable), env)
  throw new ConfigError(variable, 'must start with file: or postgres://')
}

const setting = (env: Environment, name: string): string | undefined =>
  env[name]?.trim() || undefined

const databaseType = (env: Environment): 'sqlite' | 'postgres' => {
  const type = setting(env, 'ATHENA_DB_TYPE')
  if (type === undefined) return setting(env, 'ATHENA_POSTGRES_HOST') ? 'postgres' : 'sqlite'
  if (type === 'sqlite' || type === 'postgres') return type
  throw new ConfigError('ATHENA_DB_TYPE', 'must be sqlite or postgres')
}

const pathOf = (url: string, variable: string): string => {
  const path = url.startsWith('file://') ? fileURLToPath(url) : url.slice('file:'.length)
  if (path === '' || path.startsWith(':') || path.includes('?')) {
    throw new ConfigError(variable, 'must name a file, as in file:./memory.db')
  }
  return resolve(path)
}

const checkedUrl = (url: string, variable: string): string => {
  if (URL.canParse(url)) return url
  throw new ConfigError(variable, 'must look like postgres://user:password@host:5432/database')
}

const defaultPath = (env: Environment): string =>
  resolve(setting(env, 'ATHENA_DB_PATH') ?? join(homedir(), '.athena', 'memory.db'))

const sqliteConfig = (path: string, env: Environment): SqliteConfig => ({
  type: 'sqlite',
  path,
  tenantId: tenantId(env),
})

const tenantId = (env: Environment): string => {
  const tenant = setting(env, 'ATHENA_TENANT_ID') ?? DEFAULT_TENANT
  if (/^[a-z0-9][a-z0-9_-]{0,62}$/i.test(tenant)) return tenant
  throw new ConfigError('ATHENA_TENANT_ID', 'must be 1 to 63 letters, digits, "-" or "_"')
}

const urlFromParts = (env: Environment): string => {
  const url = new URL('postgres://localhost')
  url.hostname = host(env)
  url.port = String(count(env, 'ATHENA_POSTGRES_PORT', { fallback: 5432, max: 65_535 }))
  url.pathname = setting(env, 'ATHENA_POSTGRES_DBNAME') ?? 'athena'
  url.username = setting(env, 'ATHENA_POSTGRES_USER') ?? 'athena'
  url.password = setting(env, 'ATHENA_POSTGRES_PASSWORD') ?? ''
  return url.href
}

const host = (env: Environment): string => {
  const name = setting(env, 'ATHENA_POSTGRES_HOST') ?? 'localhost'
  if (isIPv6(name)) return `[${name}]`
  // A URL keeps its former host, without a word, when it is given a wrong one.
  if (/^[\w.-]+$/.test(name)) return name
  throw new ConfigError('ATHENA_POSTGRES_HOST', 'must be a host name or an address')
}

const postgresConfig = (url: string, env: Environment): PostgresConfig => {
  const maxSize = count(env, 'ATHENA_POSTGRES_MAX_SIZE', { fallback: 10, max: 1000 })
  const ownerUrl = setting(env, 'ATHENA_POSTGRES_OWNER_URL')
  return {
    type: 'postgres',
    url,
    ownerUrl: ownerUrl && checkedUrl(ownerUrl, 'ATHENA_POSTGRES_OWNER_URL'),
    role: setting(env, 'ATHENA_POSTGRES_ROLE'),
    tenantId: tenantId(env),
    minSize: count(env, 'ATHENA_POSTGRES_MIN_SIZE', {
      fallback: Math.min(2, maxSize),
      max: maxSize,
    }),
    maxSize,
    statementTimeoutMs: STATEMENT_TIMEOUT_MS,
    lockTimeoutMs: LOCK_TIMEOUT_MS,
    fallback: fallback(env),
  }
}

const fallback = (env: Environment): SqliteConfig | undefined => {
  const choice = setting(env, 'ATHENA_DB_FALLBACK')
  if (choice === undefined) return undefined
  if (choice === 'sqlite') return sqliteConfig(defaultPath(env), env)
  throw new ConfigError('ATHENA_DB_FALLBACK', 'must be sqlite, or not set')
}

/** A whole number from 1 to `max`. */
const count = (
  env: Environment,
  name: string,
  { fallback: unset, max }: { fallback: number; max: number },
): number => {
  const text = setting(env, name)
  if (text === undefined) return unset
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1 && value <= max) return value
  throw new ConfigError(name, `must be a whole number from 1 to ${max}`)
}
