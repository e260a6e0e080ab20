import type { Database } from '@athena-memory/db-core'
import { and, desc, eq, gt, inArray, isNull } from 'drizzle-orm'
import { assertMayFollow, type ConsolidationState } from './consolidation-state.ts'
import { ofMemories } from './memory-document.ts'
import { type Memory, toMemory } from './memory.ts'

/** How long a memory stays open to change after it was recalled. */
const RECONSOLIDATION_MINUTES = 60

/** A new state for any number of memories. */
export interface StateChange {
  readonly state: ConsolidationState
  readonly at: Date
}

/** Moves memories to a state, all or none; see `SemanticStore.setConsolidationState`. */
export const setConsolidationState = (
  db: Database,
  ids: readonly string[],
  { state, at }: StateChange,
): Promise<Memory[]> =>
  db.transaction(async (tx) => {
    const { memories, documents } = tx.tables
    const chosen = inArray(memories.id, [...ids])
    for (const row of await tx.query.select().from(memories).where(chosen)) {
      assertMayFollow(toMemory(row).consolidationState, state)
    }
    const rows = await tx.query
      .update(memories)
      .set({ consolidationState: state, updatedAt: at })
      .where(chosen)
      .returning()
    await tx.query
      .update(documents)
      .set({ consolidationState: state, updatedAt: at })
      .where(ofMemories(tx, ids))
    return rows.map(toMemory)
  })

/** Which window to look at. */
export interface WindowOptions {
  readonly projectId: string
  /** Default 60. */
  readonly windowMinutes?: number | undefined
  /** Default 100. */
  readonly limit?: number | undefined
}

const DEFAULT_LIMIT = 100

/** Memories that are open to change; see `SemanticStore.reconsolidationWindow`. */
export const findLabile = async (
  { query, tables: { memories } }: Database,
  options: WindowOptions,
  now: Date,
): Promise<Memory[]> => {
  const { projectId, windowMinutes = RECONSOLIDATION_MINUTES, limit = DEFAULT_LIMIT } = options
  const opensAt = new Date(now.getTime() - windowMinutes * 60_000)
  const rows = await query
    .select()
    .from(memories)
    .where(
      and(
        eq(memories.projectId, projectId),
        eq(memories.consolidationState, 'labile'),
        gt(memories.lastRetrievedAt, opensAt),
        isNull(memories.supersededAt),
      ),
    )
    .orderBy(desc(memories.lastRetrievedAt), desc(memories.id))
    .limit(limit)
  return rows.map(toMemory)
}
