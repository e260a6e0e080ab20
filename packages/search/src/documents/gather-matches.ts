import type { QueryWeights } from '../score/bm25.ts'
import { bestFirst, newestFirst } from '../score/best-first.ts'
import type { Candidate } from '../score/candidate.ts'
import { createMatcher, type Matches } from '../score/match-text.ts'
import { missingNeighbours } from '../score/missing-neighbours.ts'
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
  const holders = await source.holding(sought.stems)
  matcher.add(holders)
  matcher.add(await source.listed(without(sought.nearest, holders)))
  const missing = missingNeighbours(chooseFocus(matcher, sought.weights), matcher.candidates)
  matcher.add(await source.standingAt(missing))
  return matcher
}

const without = (rowNumbers: readonly number[], others: readonly Candidate[]): number[] => {
  if (rowNumbers.length === 0) return []
  const known = new Set(others.map(({ rowNumber }) => rowNumber))
  return rowNumbers.filter((rowNumber) => !known.has(rowNumber))
}

const chooseFocus = (matches: Matches, weights: QueryWeights): Candidate[] => {
  const { candidates } = matches
  const best = bestFirst(scoreAlone(matches, weights), {
    count: FOCUS,
    compare: newestFirst(candidates),
  })
  return best.flatMap((at) => candidates[at] ?? [])
}
