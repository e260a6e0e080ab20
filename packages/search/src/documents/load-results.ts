import type { Database } from '@athena-memory/db-core'
import { inArray } from 'drizzle-orm'
import type { Ranked } from '../score/rank.ts'
import type { Matches } from '../score/match-text.ts'
import type { Similarities } from '../vectors/similarity.ts'
import { chunksOf } from '@athena-memory/db-core/stores'
import type { SearchResult } from './search-result.ts'
import type { StoredDocument } from './stored-document.ts'

/** What results are made of besides their rows. */
export interface Ranking {
  /** The documents to return, in order. */
  readonly ranked: readonly Ranked<StoredDocument>[]
  /** All candidates, and their scores by text alone. */
  readonly matches: Pick<Matches, 'candidates'>
  readonly textScores: Float64Array
  readonly similarities: Similarities
}

/** Reads ranked documents as results, in the order of the ranking. */
export const loadResults = async (
  snapshot: Database,
  ranking: Ranking,
): Promise<SearchResult[]> => {
  const { ranked, similarities } = ranking
  const texts = await loadTexts(snapshot, ranked)
  return ranked.flatMap((one) => {
    const { candidate } = one
    const text = texts.get(candidate.rowNumber)
    // Erased since: what is in memory may be newer than the snapshot.
    if (text === undefined) return []
    return {
      ...toResult(candidate),
      ...text,
      semanticSimilarity: similarities.get(candidate.rowNumber),
      keywordRank: keywordRank(one, ranking),
      hybridScore: one.score,
      signals: one.signals,
    }
  })
}

const loadTexts = async (
  { query, tables: { documents } }: Database,
  ranked: readonly Ranked<StoredDocument>[],
) => {
  const rowNumbers = ranked.map(({ candidate }) => candidate.rowNumber)
  const texts = new Map<number, { sourceId: string; content: string }>()
  for (const chunk of chunksOf(rowNumbers)) {
    const { rowNumber, sourceId, content } = documents
    const rows = await query
      .select({ rowNumber, sourceId, content })
      .from(documents)
      .where(inArray(rowNumber, chunk))
    for (const { rowNumber: row, ...text } of rows) texts.set(row, text)
  }
  return texts
}

const toResult = (document: StoredDocument) => ({
  layer: document.layer,
  kind: document.kind,
  projectId: document.projectId,
  tags: document.tags,
  speaker: document.speaker,
  role: document.role,
  groupId: document.group?.id,
  position: document.position,
  importance: document.importance,
  consolidationState: document.consolidationState,
  occurredAt: toDate(document.occurredAt),
  validFrom: toDate(document.validFrom),
  validUntil: toDate(document.validUntil),
})

const toDate = (time: number | undefined): Date | undefined =>
  time === undefined ? undefined : new Date(time)

/** The place in the order by text, from 1; absent where text has nothing to say for it. */
const keywordRank = (
  { candidate, textScore }: Ranked<StoredDocument>,
  { matches: { candidates }, textScores }: Ranking,
): number | undefined => {
  if (textScore <= 0) return undefined
  let better = 0
  for (let at = 0; at < textScores.length; at++) {
    const score = textScores[at] ?? 0
    if (score < textScore) continue
    const isNewer = (candidates[at]?.rowNumber ?? 0) > candidate.rowNumber
    if (score > textScore || isNewer) better++
  }
  return better + 1
}
