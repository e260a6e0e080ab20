import { describeEachBackend, describeEachPostgres } from '@athena-memory/testing'
import { sampleMemory, sampleProject } from '@athena-memory/testing/sample-rows'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import type { Database } from '../src/index.ts'
import { findContents, isOwnedBy, type OwnedContent } from '../src/stores.ts'

const contentOf = (ownerId: string, number: number): OwnedContent => ({
  ownerId,
  contentHash: `hash ${number}`,
})

/** Memories of two projects, with the same contents in both. */
const addMemories = async ({ query, tables, insertRows }: Database, count: number) => {
  for (const id of ['here', 'there']) {
    await query.insert(tables.projects).values({ ...sampleProject(id), id })
    const rows = Array.from({ length: count }, (_, number) => ({
      ...sampleMemory(id),
      id: `${id} ${number}`,
      contentHash: contentOf(id, number).contentHash,
    }))
    await insertRows(tables.memories, rows)
  }
}

const findMemories = (db: Database, contents: readonly OwnedContent[]) => {
  const { memories } = db.tables
  return findContents(db, contents, {
    idOf: ({ ownerId, contentHash }) =>
      db.query
        .select({ id: memories.id })
        .from(memories)
        .where(
          and(
            eq(memories.contentHash, contentHash),
            isOwnedBy(memories.projectId, ownerId),
            isNull(memories.supersededAt),
          ),
        ),
    read: async (ids) => ids,
  })
}

describeEachBackend('findContents', (database) => {
  it('finds those that are there, of their owners alone', async () => {
    await addMemories(database(), 3)
    const { query, tables } = database()
    await query.delete(tables.memories).where(eq(tables.memories.id, 'there 1'))
    const contents = [contentOf('here', 1), contentOf('there', 1), contentOf('there', 2)]
    expect((await findMemories(database(), contents)).toSorted()).toEqual(['here 1', 'there 2'])
    expect(await findMemories(database(), [contentOf('here', 3)])).toEqual([])
    expect(await findMemories(database(), [])).toEqual([])
  })
})

describeEachPostgres('findContents without statistics', (database) => {
  it('reads what it finds, and not all that an owner has', async () => {
    await addMemories(database(), 2000)
    const contents = Array.from({ length: 700 }, (_, at) => contentOf('here', at))
    await database().read(async (snapshot) => {
      const before = await rowsRead(snapshot)
      expect(await findMemories(snapshot, contents)).toHaveLength(700)
      expect((await rowsRead(snapshot)) - before).toBeLessThan(2000)
    })
  })
})

/** Rows of memories that the transaction has read, by whatever way. */
const rowsRead = async ({ query }: Database): Promise<number> => {
  const table = sql`'memories'::regclass`
  const [row] = await query
    .select({
      rows: sql`coalesce(pg_stat_get_xact_tuples_fetched(${table}), 0)
        + coalesce(pg_stat_get_xact_tuples_returned(${table}), 0)`.mapWith(Number),
    })
    .from(sql`(select 1) as one`)
  return row?.rows ?? 0
}
