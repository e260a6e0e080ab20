import type { Database } from '@athena-memory/db-core'
import type { SearchOptions, SearchResult } from '@athena-memory/search'
import { inArray } from 'drizzle-orm'
import type { ConsolidationState } from './consolidation-state.ts'
import { markRetrieved } from './mark-memories.ts'
import type { MemoryContext } from './memory-draft.ts'
import { type Memory, type MemoryRow, type MemoryType, SEMANTIC_LAYER, toMemory } from './memory.ts'
import type { StoreContext } from './store-context.ts'

/** Which memories recall is about, wherever they lie. */
export interface RecallFilter {
  /** Default 10. */
  readonly limit?: number | undefined
  readonly memoryTypes?: readonly MemoryType[] | undefined
  /** Memories that have all of these. */
  readonly tags?: readonly string[] | undefined
  /** Default: any. */
  readonly consolidationStates?: readonly ConsolidationState[] | undefined
  /** The moment at which they must be true; default now. */
  readonly asOf?: Date | undefined
  /** Said from `from` on, until just before `to`. */
  readonly from?: Date | undefined
  readonly to?: Date | undefined
  /** Results of a lower `hybridScore` are left out. */
  readonly minScore?: number | undefined
  /**
   * Whether the memories count as retrieved, which opens consolidated ones to change; default true.
   * False leaves no trace.
   */
  readonly markRetrieved?: boolean | undefined
}

/** A question to the memory of one project. */
export interface RecallOptions extends RecallFilter {
  readonly query: string
  readonly projectId: string
}

/** A question to the memory of all projects. */
export interface CrossProjectOptions extends RecallFilter {
  readonly query: string
  /** Usually the project of the one who asks. */
  readonly excludeProjectId?: string | undefined
}

/** A memory that answers a question, and why. */
export interface RecalledMemory
  extends
    Memory,
    MemoryContext,
    Pick<SearchResult, 'hybridScore' | 'semanticSimilarity' | 'keywordRank' | 'signals'> {
  readonly layer: typeof SEMANTIC_LAYER
}

/** What was recalled, best first, and what the caller should know of how. */
export interface RecallOutcome {
  readonly results: RecalledMemory[]
  readonly notices: string[]
}

/** Answers a question from one project; see `SemanticStore.recall`. */
export const recallMemories = async (
  store: StoreContext,
  { query, projectId, ...filter }: RecallOptions,
): Promise<RecallOutcome> => {
  const options = { ...toSearchOptions(store, filter), projectId }
  const { results, notices } = await store.documents.search(query, options)
  return { results: await toRecalled(store, results, filter), notices }
}

const DEFAULT_LIMIT = 10

/** Answers a question from all projects but one; see `SemanticStore.searchAcrossProjects`. */
export const searchAcrossProjects = async (
  store: StoreContext,
  { query, excludeProjectId, ...filter }: CrossProjectOptions,
): Promise<RecallOutcome> => {
  const { limit = DEFAULT_LIMIT } = filter
  const options = toSearchOptions(store, filter)
  // The index cannot leave a project out: ask for more until enough of the others is among them.
  for (let wanted = limit; ; wanted *= 4) {
    const { results, notices } = await store.documents.search(query, { ...options, limit: wanted })
    const others = results.filter(({ projectId }) => projectId !== excludeProjectId)
    if (others.length < limit && results.length === wanted) continue
    return { results: await toRecalled(store, others.slice(0, limit), filter), notices }
  }
}

const toSearchOptions = ({ now }: StoreContext, filter: RecallFilter): SearchOptions => {
  const { memoryTypes, tags, consolidationStates, from, to, limit, minScore } = filter
  const asOf = filter.asOf ?? now()
  const layers = [SEMANTIC_LAYER]
  return { layers, kinds: memoryTypes, tags, consolidationStates, asOf, from, to, limit, minScore }
}

/** Joins what search found with what is known of it. What was forgotten meanwhile is left out. */
const toRecalled = async (
  { db, now }: StoreContext,
  found: readonly SearchResult[],
  { markRetrieved: isMarked = true }: RecallFilter,
): Promise<RecalledMemory[]> => {
  if (found.length === 0) return []
  const ids = found.map(({ sourceId }) => sourceId)
  const rows = isMarked
    ? await db.transaction((tx) => markRetrieved(tx, ids, now()))
    : await readRows(db, ids)
  const byId = new Map(rows.map((row) => [row.id, row]))
  return found.flatMap((result) => {
    const row = byId.get(result.sourceId)
    return row ? [join(result, row)] : []
  })
}

const readRows = ({ query, tables: { memories } }: Database, ids: readonly string[]) =>
  query
    .select()
    .from(memories)
    .where(inArray(memories.id, [...ids]))

const join = (result: SearchResult, row: MemoryRow): RecalledMemory => ({
  ...toMemory(row),
  layer: SEMANTIC_LAYER,
  hybridScore: result.hybridScore,
  semanticSimilarity: result.semanticSimilarity,
  keywordRank: result.keywordRank,
  signals: result.signals,
  speaker: result.speaker,
  role: result.role,
  groupId: result.groupId,
  position: result.position,
  occurredAt: result.occurredAt,
})
