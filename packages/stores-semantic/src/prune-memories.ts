import type { Database } from '@athena-memory/db-core'
import { and, asc, eq, gt, isNull, lt, ne, notExists } from 'drizzle-orm'
import { forgetMemory } from './forget-memory.ts'
import { type Memory, SEMANTIC_LAYER, toMemory } from './memory.ts'
import type { StoreContext } from './store-context.ts'
import { scoreUsefulness } from './usefulness.ts'

/** What may be pruned. */
export interface PruneOptions {
  readonly projectId: string
  /** Whether to only say what would go; default true. */
  readonly dryRun?: boolean | undefined
  /** Memories at least this useful stay; default .25. */
  readonly minUsefulness?: number | undefined
  /** Days without an access after which a memory may go; default 90. */
  readonly idleDays?: number | undefined
  /** The most memories that go at once; default 1000. */
  readonly limit?: number | undefined
}

/** What went, or would go. */
export interface PruneReport {
  readonly dryRun: boolean
  /** Current versions, the longest unused first. */
  readonly memories: { id: string; usefulness: number; lastAccessedAt: Date }[]
  /** Erased versions; 0 in a dry run. */
  readonly erased: number
}

/** Below it lie idle facts and contexts; idle decisions, patterns and preferences score .27 or more. */
const MIN_USEFULNESS = 0.25

/** As long as recency counts. */
const IDLE_DAYS = 90

const DEFAULT_LIMIT = 1000

/** Forgets what has fallen out of use; see `SemanticStore.prune`. */
export const pruneMemories = async (
  store: StoreContext,
  options: PruneOptions,
): Promise<PruneReport> => {
  const { dryRun = true, minUsefulness = MIN_USEFULNESS } = options
  const now = store.now()
  const memories = (await findIdle(store.db, options, now)).flatMap((memory) => {
    const { id, lastAccessedAt } = memory
    const usefulness = scoreUsefulness(memory, now)
    return lastAccessedAt && usefulness < minUsefulness ? [{ id, usefulness, lastAccessedAt }] : []
  })
  let erased = 0
  for (const { id } of dryRun ? [] : memories) erased += (await forgetMemory(store, id)).memories
  return { dryRun, memories, erased }
}

/**
 * Memories that were used once and no longer are. What was never accessed may simply not have been
 * needed yet, what a person said is not ours to drop, and evidence is what other memories rest on.
 */
const findIdle = async (
  { query, tables: { memories, derivations } }: Database,
  { projectId, idleDays = IDLE_DAYS, limit = DEFAULT_LIMIT }: PruneOptions,
  now: Date,
): Promise<Memory[]> => {
  const isEvidence = query
    .select({ id: derivations.id })
    .from(derivations)
    .where(
      and(eq(derivations.evidenceLayer, SEMANTIC_LAYER), eq(derivations.evidenceId, memories.id)),
    )
  const rows = await query
    .select()
    .from(memories)
    .where(
      and(
        eq(memories.projectId, projectId),
        isNull(memories.supersededAt),
        ne(memories.trust, 'user'),
        gt(memories.accessCount, 0),
        lt(memories.lastAccessedAt, new Date(now.getTime() - idleDays * 86_400_000)),
        notExists(isEvidence),
      ),
    )
    .orderBy(asc(memories.lastAccessedAt), asc(memories.id))
    .limit(limit)
  return rows.map(toMemory)
}
