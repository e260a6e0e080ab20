import { isNotNull, type Placeholder, type SQL, sql, type SQLWrapper } from 'drizzle-orm'
import { byDialect, type Database } from '../database/database.ts'
import { chunksOf } from './chunks.ts'

/** What an owner, such as a project, has once: a content, by its hash. */
export interface OwnedContent {
  readonly ownerId: string
  readonly contentHash: string
}

/** How rows of contents are found. */
export interface ContentQueries<Row> {
  /** Selects the id of the row that has one content. */
  readonly idOf: (content: Readonly<Record<keyof OwnedContent, SQL>>) => SQLWrapper
  /** Reads rows by their ids. */
  readonly read: (ids: string[]) => PromiseLike<Row[]>
}

/**
 * The rows that have these contents: mostly none. Each is looked up by itself: for a list of them PostgreSQL
 * would read everything while it has no statistics.
 */
export const findContents = async <Row>(
  db: Database,
  contents: readonly OwnedContent[],
  { idOf, read }: ContentQueries<Row>,
): Promise<Row[]> => {
  const rows: Row[] = []
  const id = idOf({ ownerId: sql`wanted."ownerId"`, contentHash: sql`wanted."contentHash"` })
  for (const chunk of chunksOf(contents)) {
    const found = db.query
      .select({ id: sql<string | null>`(${id})`.as('id') })
      .from(wantedList(db, chunk))
      .as('found')
    const taken = await db.query.select({ id: found.id }).from(found).where(isNotNull(found.id))
    const ids = taken.flatMap((one) => one.id ?? [])
    if (ids.length > 0) rows.push(...(await read(ids)))
  }
  return rows
}

/**
 * A condition on an owner that no index serves: without statistics PostgreSQL takes an index of owners for
 * as good as that of hashes, and reads all that the owner has.
 */
export const isOwnedBy = (column: SQLWrapper, ownerId: SQL | Placeholder): SQL =>
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
