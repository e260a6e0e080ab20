import type { QueryWeights } from '../score/bm25.ts'
import { bestFirst, newestFirst } from '../score/best-first.ts'
import type { Candidate } from '../score/candidate.ts'
import { createMatcher, type Matches } from '../score/match-text.ts'
import { placesAround } from '../score/places-around.ts'
import type { TextQuery } from '../score/text-query.ts'
import { scoreAlone } from '../score/text-scores.ts'
import type { CandidateSource } from './candidate-source.ts'
import type { StoredDocument } from './stored-document.ts'

/** Neighbours are looked up for this many of the best candidates; more find nothing more. */
const FOCUS = 50

/** What candidates are sought by. */
export interface Sought {
  readonly query: TextQuery
  readonly weights: QueryWeights
  /** The stems whose holders become candidates. */
  readonly stems: readonly string[]
  /** Documents that vectors found, by row number. */
  readonly nearest: readonly number[]
}

/**
 * The candidates of a search, matched: documents that hold the stems, documents that vectors found, and
 * the neighbours of the best by text.
 */
export const gatherMatches = async (
  source: CandidateSource,
  sought: Sought,
): Promise<Matches<StoredDocument>> => {
  const matcher = createMatcher<StoredDocument>(sought.query, source.texts)
  const known = new Set<number>()
  const add = (documents: readonly StoredDocument[]) => {
    const added = documents.filter(({ rowNumber }) => !known.has(rowNumber))
    for (const { rowNumber } of added) known.add(rowNumber)
    matcher.add(added)
  }
  add(await source.holding(sought.stems))
  add(await source.listed(sought.nearest))
  add(await source.standingAt(placesAround(chooseFocus(matcher, sought.weights))))
  return matcher
}

/** The best of those that hold a stem. */
const chooseFocus = (matches: Matches, weights: QueryWeights): Candidate[] => {
  const { candidates } = matches
  const scores = scoreAlone(matches, weights)
  const best = bestFirst(scores, { count: FOCUS, compare: newestFirst(candidates) })
  return best.flatMap((at) => ((scores[at] ?? 0) > 0 ? (candidates[at] ?? []) : []))
}
