import { byDialect, type Database } from '@athena-memory/db-core'
import { and, desc, eq, type SQL, sql } from 'drizzle-orm'
import { MOST_CANDIDATES } from './candidate-source.ts'
import type { GroupPlace } from '../score/places-around.ts'
import { listedRow, rowList } from './row-list.ts'

/** Row numbers of documents that hold at least one of the stems, the newest first. */
export const findByStems = async (
  db: Database,
  stems: readonly string[],
  filter: SQL | undefined,
): Promise<number[]> => (stems.length === 0 ? [] : findRows(db, holdersOf(db, stems), filter))

/** A stem holds neither quotes nor spaces; quoted it cannot be taken for a query's syntax. */
const holdersOf = (db: Database, stems: readonly string[]): SQL =>
  byDialect(db, {
    postgres: () =>
      sql`(select athena_text_candidates(${stems.join(' ')}) as row_number) as listed`,
    sqlite: () => {
      const match = stems.map((stem) => `"${stem}"`).join(' OR ')
      return sql`(select rowid as row_number from documents_fts where documents_fts match ${match}) as listed`
    },
  })

/** Those of the row numbers whose documents the filter lets through. */
export const findByRows = async (
  db: Database,
  rowNumbers: readonly number[],
  filter: SQL | undefined,
): Promise<number[]> =>
  rowNumbers.length === 0 ? [] : findRows(db, rowList(db, rowNumbers), filter)

/** Row numbers of the documents that stand at these places, as far as the filter lets them through. */
export const findByPlaces = async (
  db: Database,
  places: readonly GroupPlace[],
  filter: SQL | undefined,
): Promise<number[]> => {
  if (places.length === 0) return []
  const { documents } = db.tables
  const json = JSON.stringify(
    places.map(({ group, position }) => ({ layer: group.layer, groupId: group.id, position })),
  )
  const wanted = byDialect(db, {
    postgres: () =>
      sql`jsonb_to_recordset(${json}::jsonb) as wanted (layer text, "groupId" text, position integer)`,
    sqlite: () =>
      sql`(select value ->> 'layer' as layer, value ->> 'groupId' as "groupId", value ->> 'position' as position from json_each(${json})) as wanted`,
  })
  const standing = sql`(
    select placed.row_number from ${wanted} cross join ${documents} as placed
    where placed.group_id = wanted."groupId" and placed.position = wanted.position and placed.layer = wanted.layer
  ) as listed`
  return findRows(db, standing, filter)
}

const findRows = async (db: Database, listed: SQL, filter: SQL | undefined): Promise<number[]> => {
  const { documents } = db.tables
  // Without statistics PostgreSQL would compare each listed row with each of the project: as an array
  // they are looked up, or hashed.
  const from = byDialect(db, {
    postgres: () => sql`(select array(select row_number from ${listed}) as numbers) as listed`,
    sqlite: () => listed,
  })
  const isListed = byDialect(db, {
    postgres: () => sql`${documents.rowNumber} = any(listed.numbers)`,
    sqlite: () => eq(documents.rowNumber, listedRow),
  })
  const found = db.query
    .select({ rowNumber: documents.rowNumber })
    .from(from)
    .crossJoin(documents)
    .where(and(isListed, filter))
    .orderBy(desc(documents.rowNumber))
    .limit(MOST_CANDIDATES)
    .as('found')
  // One text instead of a row each: drivers take ten times as long for rows.
  const numbers = byDialect(db, {
    postgres: () => sql<string | null>`string_agg(${found.rowNumber}::text, ',')`,
    sqlite: () => sql<string | null>`group_concat(${found.rowNumber})`,
  })
  const [row] = await db.query.select({ numbers }).from(found)
  return row?.numbers ? row.numbers.split(',').map(Number) : []
}
