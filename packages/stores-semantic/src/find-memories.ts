import { chunksOf } from '@athena-memory/db-core/stores'
import type { Database } from '@athena-memory/db-core'
import { and, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm'
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
  const found = new Map<string, MemoryRow>()
  for (const chunk of chunksOf(keys)) {
    const rows = await db.query.select().from(memories).where(areCurrent(db, chunk))
    for (const row of rows) found.set(keyOf(row), row)
  }
  return found
}

/** Until when current memories with these contents are true, by `keyOf`. */
export const findValidity = async (
  db: Database,
  keys: readonly ContentKey[],
): Promise<Map<string, Validity>> => {
  const [key, ...more] = keys
  const chunks = key && more.length === 0 ? [validityOfOne(db, key)] : validityOfMany(db, keys)
  const rows = (await Promise.all(chunks)).flat()
  return new Map(rows.map((row) => [keyOf(row), row]))
}

/** Until when a memory is true; open where null. */
export type Validity = Pick<MemoryRow, 'validUntil'>

const validityOfMany = (db: Database, keys: readonly ContentKey[]) =>
  chunksOf(keys).map((chunk) => selectValidity(db).where(areCurrent(db, chunk)))

/** One content is looked up before each single write: for that the query is built once. */
const validityOfOne = (db: Database, { projectId, contentHash }: ContentKey) => {
  const query = validityQueries.get(db) ?? prepareValidity(db)
  validityQueries.set(db, query)
  return query.execute({ projectId, contentHash })
}

const validityQueries = new WeakMap<Database, ReturnType<typeof prepareValidity>>()

const prepareValidity = (db: Database) => {
  const { projectId, contentHash, supersededAt } = db.tables.memories
  return selectValidity(db)
    .where(
      and(
        eq(projectId, sql.placeholder('projectId')),
        eq(contentHash, sql.placeholder('contentHash')),
        isNull(supersededAt),
      ),
    )
    .prepare('validity')
}

const selectValidity = ({ query, tables: { memories } }: Database) =>
  query
    .select({
      projectId: memories.projectId,
      contentHash: memories.contentHash,
      validUntil: memories.validUntil,
    })
    .from(memories)

const areCurrent = (
  { tables: { memories } }: Database,
  keys: readonly ContentKey[],
): SQL | undefined =>
  and(
    inArray(memories.projectId, [...new Set(keys.map(({ projectId }) => projectId))]),
    inArray(memories.contentHash, [...new Set(keys.map(({ contentHash }) => contentHash))]),
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
