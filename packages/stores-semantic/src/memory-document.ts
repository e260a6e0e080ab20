import type { Database } from '@athena-memory/db-core'
import { and, eq, inArray, type SQL } from 'drizzle-orm'
import type { MemoryContext } from './memory-draft.ts'
import { type MemoryRow, SEMANTIC_LAYER } from './memory.ts'

/** Documents of these memories, as a condition. */
export const ofMemories = (
  { tables: { documents } }: Database,
  ids: readonly string[],
): SQL | undefined =>
  and(eq(documents.layer, SEMANTIC_LAYER), inArray(documents.sourceId, [...ids]))

/** Brings a document in line with its memory, where the text is the same as before. */
export const describeDocument = async (tx: Database, row: MemoryRow): Promise<void> => {
  const { memoryType, tags, consolidationState, validFrom, validUntil, updatedAt } = row
  await tx.query
    .update(tx.tables.documents)
    .set({ kind: memoryType, tags, consolidationState, validFrom, validUntil, updatedAt })
    .where(ofMemories(tx, [row.id]))
}

/** In which conversation or text a memory was said. */
export const readContext = async (db: Database, id: string): Promise<MemoryContext> => {
  const { documents } = db.tables
  const [row] = await db.query
    .select()
    .from(documents)
    .where(ofMemories(db, [id]))
    .limit(1)
  if (!row) return {}
  return {
    speaker: row.speaker ?? undefined,
    role: row.role ?? undefined,
    groupId: row.groupId ?? undefined,
    position: row.position ?? undefined,
    occurredAt: row.occurredAt ?? undefined,
  }
}
