import type { Ranked } from '../score/rank.ts'
import type { Matches } from '../score/match-text.ts'
import type { Similarities } from '../vectors/similarity.ts'
import type { CandidateSource } from './candidate-source.ts'
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
  /** Where they were found. */
  readonly source: Pick<CandidateSource, 'readTexts'>
}

/** Ranked documents as results, in the order of the ranking. */
export const loadResults = async (ranking: Ranking): Promise<SearchResult[]> => {
  const { ranked, similarities, source } = ranking
  const texts = await source.readTexts(ranked.map(({ candidate }) => candidate.rowNumber))
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
