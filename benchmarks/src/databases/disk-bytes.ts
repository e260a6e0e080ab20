import { stat } from 'node:fs/promises'
import { byDialect, type OpenDatabase } from '@athena-memory/db-core'
import { sql } from 'drizzle-orm'

/** Bytes that a database takes on disk: the file and its log, or all tables and indexes. */
export const diskBytes = (database: OpenDatabase): Promise<number> =>
  byDialect(database, {
    sqlite: async () => {
      const sizes = ['', '-wal'].map((ending) => fileSize(database.location + ending))
      return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
    },
    postgres: async () => {
      const [row] = await database.query
        .select({ bytes: sql`pg_database_size(current_database())`.mapWith(Number) })
        .from(sql`(select 1) as one`)
      return row?.bytes ?? 0
    },
  })

const fileSize = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  )
