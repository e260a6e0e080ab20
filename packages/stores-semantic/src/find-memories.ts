import { findContents, isOwnedBy, type OwnedContent } from '@athena-memory/db-core/stores'
import type { Database } from '@athena-memory/db-core'
import { and, eq, inArray, isNull, type Placeholder, type SQL, sql } from 'drizzle-orm'
import type { MemoryRow } from './memory.ts'

/** The row of a memory. */
export const findRow = async (
  { query, tables: { memories } }: Database,
  id: string,
): Promise<MemoryRow | undefined> => {
  const [row] = await query.select().from(memories).where(eq(memories.id, id)).limit(1)
  return row
}

/** What makes two memories the same: their project and their text. */
export type ContentKey = Pick<MemoryRow, 'projectId' | 'contentHash'>

/** A text key for maps. */
export const keyOf = ({ projectId, contentHash }: ContentKey): string =>
  `${contentHash} ${projectId}`

/** Current memories with these contents, by `keyOf`. */
export const findCurrent = async (
  db: Database,
  keys: readonly ContentKey[],
): Promise<Map<string, MemoryRow>> => {
  const { memories } = db.tables
  const contents = keys.map(({ projectId, contentHash }) => ({ ownerId: projectId, contentHash }))
  const rows = await findContents(db, contents, {
    idOf: (content) =>
      db.query.select({ id: memories.id }).from(memories).where(isCurrent(db, content)),
    read: (ids) => db.query.select().from(memories).where(inArray(memories.id, ids)),
  })
  return new Map(rows.map((row) => [keyOf(row), row]))
}

/** Until when a memory is true; open where null. */
export type Validity = Pick<MemoryRow, 'validUntil'>

/** Until when current memories with these contents are true, by `keyOf`. */
export const findValidity = async (
  db: Database,
  keys: readonly ContentKey[],
): Promise<ReadonlyMap<string, Validity>> => {
  const [key, ...more] = keys
  if (key === undefined || more.length > 0) return findCurrent(db, keys)
  return new Map((await validityOfOne(db, key)).map((row) => [keyOf(row), row]))
}

/** One content is looked up before each single write: for that the query is built once. */
const validityOfOne = (db: Database, { projectId, contentHash }: ContentKey) => {
  const query = validityQueries.get(db) ?? prepareValidity(db)
  validityQueries.set(db, query)
  return query.execute({ ownerId: projectId, contentHash })
}

const validityQueries = new WeakMap<Database, ReturnType<typeof prepareValidity>>()

const prepareValidity = (db: Database) => {
  const { projectId, contentHash, validUntil } = db.tables.memories
  const key = {
    ownerId: sql.placeholder('ownerId'),
    contentHash: sql.placeholder('contentHash'),
  }
  return db.query
    .select({ projectId, contentHash, validUntil })
    .from(db.tables.memories)
    .where(isCurrent(db, key))
    .prepare('validity')
}

const isCurrent = (
  { tables: { memories } }: Database,
  { ownerId, contentHash }: Readonly<Record<keyof OwnedContent, SQL | Placeholder>>,
): SQL | undefined =>
  and(
    eq(memories.contentHash, contentHash),
    isOwnedBy(memories.projectId, ownerId),
    isNull(memories.supersededAt),
  )

/** All versions that lead to the same current one as this version does. */
export const versionsOf = async (
  { query, tables: { memories } }: Database,
  id: string,
): Promise<MemoryRow[]> => {
  // Up to the current version, then down to everything that it replaced.
  const chain: SQL = sql`(with recursive
    newer(id) as (
      select id from ${memories} where id = ${id}
      union
      select version.superseded_by from ${memories} version join newer on version.id = newer.id
      where version.superseded_by is not null
    ),
    versions(id) as (
      select id from newer
      union
      select version.id from ${memories} version join versions on version.superseded_by = versions.id
    )
    select id from versions)`
  return query
    .select()
    .from(memories)
    .where(inArray(memories.id, chain))
    .orderBy(sql`${memories.supersededAt} asc nulls last`, memories.version, memories.id)
}
