import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import type { Connection, Dialect } from '../engine.ts'
import { StorageError } from '../storage-error.ts'

/** Where a database stands in the history of its tables. */
export interface MigrationState {
  /** Migrations that the database has. */
  readonly applied: number
  /** Migrations that it lacks. */
  readonly pending: number
}

/** Runs work atomically, while no other process migrates. */
type Exclusive = <T>(work: (connection: Connection) => Promise<T>) => Promise<T>

interface Migration {
  readonly hash: string
  readonly sql: readonly string[]
}

/**
 * How many migrations of this version the database has and lacks.
 *
 * @throws StorageError `invalid` where the database was written by a newer version.
 */
export const migrationState = async (
  dialect: Dialect,
  connection: Connection,
): Promise<MigrationState> => {
  const migrations = readMigrations(dialect)
  const applied = await appliedHashes(dialect, connection)
  return { applied: applied.length, pending: pendingOf(migrations, applied).length }
}

/**
 * Brings the tables up to date in one transaction; calls that come together apply each migration
 * once.
 *
 * @param finish runs in the same transaction when something was applied
 * @returns how many migrations were applied now
 */
export const migrate = async (
  dialect: Dialect,
  exclusive: Exclusive,
  finish: (connection: Connection) => Promise<void> = async () => undefined,
): Promise<number> =>
  exclusive(async (connection) => {
    await connection.execute(createHistory, [])
    const pending = pendingOf(readMigrations(dialect), await appliedHashes(dialect, connection))
    for (const migration of pending) await apply(connection, migration)
    if (pending.length > 0) await finish(connection)
    return pending.length
  })

/** The one table without a tenant: it tells of the database itself. */
const createHistory =
  'create table if not exists athena_migrations (hash text primary key, applied_at text not null)'

const apply = async (connection: Connection, { hash, sql }: Migration) => {
  for (const statement of sql) await connection.execute(statement, [])
  const appliedAt = new Date().toISOString()
  await connection.execute(
    `insert into athena_migrations (hash, applied_at) values ('${hash}', '${appliedAt}')`,
    [],
  )
}

const appliedHashes = async (dialect: Dialect, connection: Connection): Promise<string[]> => {
  const exists = {
    postgres: "select 1 from pg_class where oid = to_regclass('athena_migrations')",
    sqlite: "select 1 from sqlite_master where type = 'table' and name = 'athena_migrations'",
  }
  const [found] = await connection.execute(exists[dialect], [])
  if (!found) return []
  const rows = await connection.execute('select hash from athena_migrations', [])
  return rows.map(([hash]) => String(hash))
}

const pendingOf = (migrations: readonly Migration[], applied: readonly string[]): Migration[] => {
  const known = new Set(migrations.map(({ hash }) => hash))
  if (applied.some((hash) => !known.has(hash))) {
    const detail = 'a newer version of Athena wrote this database; update Athena to open it'
    throw new StorageError('invalid', { detail })
  }
  const done = new Set(applied)
  return migrations.filter(({ hash }) => !done.has(hash))
}

const readMigrations = (dialect: Dialect): Migration[] =>
  readMigrationFiles({ migrationsFolder: migrationsFolder(dialect) })

/** Beside `src` and `dist` in this package, in `dist` of a bundle. */
const migrationsFolder = (dialect: Dialect): string => {
  const candidates = ['../../migrations', '../migrations', './migrations'].map((folder) =>
    fileURLToPath(new URL(`${folder}/${dialect}`, import.meta.url)),
  )
  const folder = candidates.find((candidate) => existsSync(candidate))
  if (folder === undefined) {
    throw new StorageError('unavailable', {
      detail: 'the migrations are missing from this installation',
    })
  }
  return folder
}
