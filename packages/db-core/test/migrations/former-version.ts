import { fileURLToPath } from 'node:url'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import type { Dialect } from '../../src/index.ts'

/** The statements that make a database as the first `count` migrations left it. */
export const formerVersion = (dialect: Dialect, count: number): string[] => {
  const migrationsFolder = fileURLToPath(new URL(`../../migrations/${dialect}`, import.meta.url))
  const migrations = readMigrationFiles({ migrationsFolder }).slice(0, count)
  return [
    'create table athena_migrations (hash text primary key, applied_at text not null)',
    ...migrations.flatMap(({ sql, hash }) => [
      ...sql,
      `insert into athena_migrations values ('${hash}', '2026-01-01T00:00:00Z')`,
    ]),
  ]
}

/** How many migrations there are. */
export const versions = (dialect: Dialect): number => {
  const migrationsFolder = fileURLToPath(new URL(`../../migrations/${dialect}`, import.meta.url))
  return readMigrationFiles({ migrationsFolder }).length
}
