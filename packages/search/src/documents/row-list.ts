import { byDialect, type Database } from '@athena-memory/db-core'
import { type SQL, sql } from 'drizzle-orm'

/**
 * Row numbers as something to select from: a relation `listed` with the column `row_number`. Join tables
 * to it by `crossJoin` and a condition: SQLite then looks each row up, and does not filter a whole project.
 */
export const rowList = (db: Database, rowNumbers: readonly number[]): SQL =>
  byDialect(db, {
    postgres: () =>
      sql`(select unnest(string_to_array(${rowNumbers.join(',')}, ',')::bigint[]) as row_number) as listed`,
    sqlite: () =>
      sql`(select value as row_number from json_each(${JSON.stringify(rowNumbers)})) as listed`,
  })

/** The column of `rowList`. */
export const listedRow = sql`listed.row_number`
