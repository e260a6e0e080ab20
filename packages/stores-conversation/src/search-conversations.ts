import type { Database } from '@athena-memory/db-core'
import type { SearchResult } from '@athena-memory/search'
import { inArray } from 'drizzle-orm'
import { CONVERSATION_LAYER, type StoreContext } from './store-context.ts'

/** What can be found: what was said, what it came to, and what was kept of a context. */
export const CONVERSATION_KINDS = ['message', 'summary', 'snapshot'] as const
export type ConversationKind = (typeof CONVERSATION_KINDS)[number]

/** A question to the conversations of a project. */
export interface ConversationSearch {
  readonly query: string
  readonly projectId: string
  /** Default: all. */
  readonly kinds?: readonly ConversationKind[] | undefined
  readonly sessionId?: string | undefined
  readonly threadId?: string | undefined
  /** Messages of these roles only. */
  readonly roles?: readonly string[] | undefined
  /** Threads that have all of these. */
  readonly tags?: readonly string[] | undefined
  /** Said from `from` on, until just before `to`. */
  readonly from?: Date | undefined
  readonly to?: Date | undefined
  /** Default 10. */
  readonly limit?: number | undefined
  /** Results of a lower `hybridScore` are left out. */
  readonly minScore?: number | undefined
}

/** Something that was found, and why. */
export interface FoundConversation extends Pick<
  SearchResult,
  'content' | 'hybridScore' | 'semanticSimilarity' | 'keywordRank' | 'signals'
> {
  /** Of the message, summary or snapshot. */
  readonly id: string
  readonly kind: string
  readonly sessionId?: string | undefined
  readonly threadId?: string | undefined
  /** Of a message: its place in the thread. */
  readonly position?: number | undefined
  readonly role?: string | undefined
  readonly speaker?: string | undefined
  readonly occurredAt?: Date | undefined
}

/** What was found, best first, and what the caller should know of how. */
export interface ConversationSearchOutcome {
  readonly results: FoundConversation[]
  readonly notices: string[]
}

const DEFAULT_LIMIT = 10

/** Finds what was said; see `ConversationStore.search`. */
export const searchConversations = async (
  { db, documents }: StoreContext,
  { query, sessionId, threadId, roles, ...filter }: ConversationSearch,
): Promise<ConversationSearchOutcome> => {
  const { limit = DEFAULT_LIMIT } = filter
  const fits = (found: FoundConversation): boolean =>
    (sessionId === undefined || found.sessionId === sessionId) &&
    (threadId === undefined || found.threadId === threadId) &&
    (roles === undefined || roles.includes(found.role ?? ''))
  // The index knows no sessions, threads and roles: ask for more until enough of these is among them.
  for (let wanted = limit; ; wanted *= 4) {
    const options = { ...filter, layers: [CONVERSATION_LAYER], limit: wanted }
    const { results, notices } = await documents.search(query, options)
    const fitting = (await placeResults(db, results)).filter(fits)
    if (fitting.length < limit && results.length === wanted) continue
    return { results: fitting.slice(0, limit), notices }
  }
}

/** Says to which session each result belongs. What was forgotten meanwhile is left out. */
const placeResults = async (
  db: Database,
  results: readonly SearchResult[],
): Promise<FoundConversation[]> => {
  const places = await readPlaces(db, results)
  return results.flatMap((result) => {
    const place = places.get(result.kind === 'message' ? (result.groupId ?? '') : result.sourceId)
    return place ? [toFound(result, place)] : []
  })
}

interface Place {
  readonly sessionId?: string | undefined
  readonly threadId?: string | undefined
}

/** Places of threads, summaries and snapshots by their ids. */
const readPlaces = async (
  { query, tables }: Database,
  results: readonly SearchResult[],
): Promise<Map<string, Place>> => {
  const idsOf = (wanted: ConversationKind) =>
    results.flatMap(({ kind, sourceId, groupId }) =>
      kind === wanted ? [kind === 'message' ? (groupId ?? '') : sourceId] : [],
    )
  const { threads, conversationSummaries, contextSnapshots } = tables
  const places = new Map<string, Place>()
  const threadIds = [...new Set(idsOf('message'))]
  if (threadIds.length > 0) {
    const { id, sessionId } = threads
    const rows = await query.select({ id, sessionId }).from(threads).where(inArray(id, threadIds))
    for (const row of rows) places.set(row.id, { sessionId: row.sessionId, threadId: row.id })
  }
  for (const [kind, table] of [
    ['summary', conversationSummaries],
    ['snapshot', contextSnapshots],
  ] as const) {
    const ids = idsOf(kind)
    if (ids.length === 0) continue
    const { id, sessionId, threadId } = table
    const rows = await query.select({ id, sessionId, threadId }).from(table).where(inArray(id, ids))
    for (const row of rows) {
      places.set(row.id, {
        sessionId: row.sessionId ?? undefined,
        threadId: row.threadId ?? undefined,
      })
    }
  }
  return places
}

const toFound = (result: SearchResult, place: Place): FoundConversation => ({
  ...place,
  id: result.sourceId,
  kind: result.kind,
  content: result.content,
  position: result.position,
  role: result.role,
  speaker: result.speaker,
  occurredAt: result.occurredAt,
  hybridScore: result.hybridScore,
  semanticSimilarity: result.semanticSimilarity,
  keywordRank: result.keywordRank,
  signals: result.signals,
})
