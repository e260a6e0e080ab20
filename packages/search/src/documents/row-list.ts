import { byDialect, type Database } from '@athena-memory/db-core'
import { and, eq, type SQL, sql } from 'drizzle-orm'

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

/** Reads numbers that a database joined by commas; null where there are none. */
export const toNumbers = (list: string | null | undefined): number[] =>
  list ? list.split(',').map(Number) : []

/**
 * A condition for embeddings, on PostgreSQL: that they belong to the listed document, in a space. One lookup
 * within the other: without statistics joins are planned as if there were few rows.
 */
export const ofListedDocument = (
  { query, tables: { documents, embeddings } }: Database,
  spaceId: string,
): SQL | undefined => {
  const documentId = query
    .select({ id: documents.id })
    .from(documents)
    .where(eq(documents.rowNumber, listedRow))
  return and(eq(embeddings.documentId, documentId), eq(embeddings.spaceId, spaceId))
}
