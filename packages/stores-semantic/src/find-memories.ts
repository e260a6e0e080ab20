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
    const rows = await db.query
      .select()
      .from(memories)
      .where(
        and(
          inArray(memories.projectId, [...new Set(chunk.map(({ projectId }) => projectId))]),
          inArray(memories.contentHash, [...new Set(chunk.map(({ contentHash }) => contentHash))]),
          isNull(memories.supersededAt),
        ),
      )
    for (const row of rows) found.set(keyOf(row), row)
  }
  return found
}

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
