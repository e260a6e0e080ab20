import type { ExpectedSchema } from '@athena-memory/postgres-ops'
import { APPLIED, TABLES } from './postgres-tables.ts'

/**
 * What the migrations make of a PostgreSQL that holds a memory: health finds what is missing of it, and
 * healing puts it back. Nothing is expected of a database that holds none.
 */
export const postgresSchema = (): ExpectedSchema => ({
  tables: TABLES.trim()
    .split('\n')
    .map((line) => JSON.parse(line)),
  migrations: { table: HISTORY, column: 'hash', applied: APPLIED.trim().split('\n') },
  knownBy: HISTORY,
})

const HISTORY = 'athena_migrations'
