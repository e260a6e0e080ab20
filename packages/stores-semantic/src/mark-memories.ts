import type { Database } from '@athena-memory/db-core'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { ofMemories } from './memory-document.ts'
import type { MemoryRow } from './memory.ts'

/** One more access now, of any number of memories in one statement; how many there were. */
export const markAccessed = async (
  { query, tables: { memories } }: Database,
  ids: readonly string[],
  now: Date,
): Promise<number> => {
  const marked = await query
    .update(memories)
    .set({ accessCount: sql`${memories.accessCount} + 1`, lastAccessedAt: now })
    .where(inArray(memories.id, [...ids]))
    .returning({ id: memories.id })
  return marked.length
}

/**
 * Notes that recall answered with these memories: an access of each, and those that were consolidated
 * are labile from now on. One statement for all; the rows as they are now.
 */
export const markRetrieved = async (
  tx: Database,
  ids: readonly string[],
  now: Date,
): Promise<MemoryRow[]> => {
  const { memories, documents } = tx.tables
  const state = memories.consolidationState
  const rows = await tx.query
    .update(memories)
    .set({
      accessCount: sql`${memories.accessCount} + 1`,
      lastAccessedAt: now,
      lastRetrievedAt: now,
      consolidationState: sql`case when ${state} = 'consolidated' then 'labile' else ${state} end`,
    })
    .where(inArray(memories.id, [...ids]))
    .returning()
  await tx.query
    .update(documents)
    .set({ consolidationState: 'labile' })
    .where(and(ofMemories(tx, ids), eq(documents.consolidationState, 'consolidated')))
  return rows
}
