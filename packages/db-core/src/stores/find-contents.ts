import { isNotNull, type SQL, sql, type SQLWrapper } from 'drizzle-orm'
import { byDialect, type Database } from '../database/database.ts'
import { chunksOf } from './chunks.ts'

/** What an owner, such as a project, has once: a content, by its hash. */
export interface OwnedContent {
  readonly ownerId: string
  readonly contentHash: string
}

/**
 * Ids of the rows that have these contents: mostly none. Each is looked up by itself, by the query that
 * `lookUp` makes for one: for a list of them PostgreSQL would read everything while it has no statistics.
 */
export const findContents = async (
  db: Database,
  contents: readonly OwnedContent[],
  lookUp: (content: Readonly<Record<keyof OwnedContent, SQL>>) => SQLWrapper,
): Promise<string[]> => {
  const ids: string[] = []
  const id = lookUp({ ownerId: sql`wanted."ownerId"`, contentHash: sql`wanted."contentHash"` })
  for (const chunk of chunksOf(contents)) {
    const found = db.query
      .select({ id: sql<string | null>`(${id})`.as('id') })
      .from(wantedList(db, chunk))
      .as('found')
    const rows = await db.query.select({ id: found.id }).from(found).where(isNotNull(found.id))
    ids.push(...rows.flatMap((row) => row.id ?? []))
  }
  return ids
}

/**
 * A condition on an owner that no index serves: without statistics PostgreSQL takes an index of owners for
 * as good as that of hashes, and reads all that the owner has.
 */
export const isOwnedBy = (column: SQLWrapper, ownerId: unknown): SQL =>
  sql`${column} || '' = ${ownerId}`

/** Contents as a relation `wanted`. */
const wantedList = (db: Database, contents: readonly OwnedContent[]): SQL => {
  const json = JSON.stringify(
    contents.map(({ ownerId, contentHash }) => ({ ownerId, contentHash })),
  )
  return byDialect(db, {
    postgres: () =>
      sql`jsonb_to_recordset(${json}::jsonb) as wanted("ownerId" text, "contentHash" text)`,
    sqlite: () =>
      sql`(select value ->> 'ownerId' as "ownerId", value ->> 'contentHash' as "contentHash" from json_each(${json})) as wanted`,
  })
}
