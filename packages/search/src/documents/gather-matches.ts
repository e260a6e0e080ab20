import type { QueryWeights } from '../score/bm25.ts'
import { bestFirst } from '../score/best-first.ts'
import type { Candidate } from '../score/candidate.ts'
import { numberQuery } from '../score/match-pieces.ts'
import { missingNeighbours } from '../score/missing-neighbours.ts'
import type { TextQuery } from '../score/text-query.ts'
import { matchText, scoreAlone, type TextMatch } from '../score/text-scores.ts'
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
): Promise<TextMatch<StoredDocument>[]> => {
  const holders = await source.holding(sought.stems)
  const others = await source.listed(without(sought.nearest, holders))
  const found = [...holders, ...others]
  const query = numberQuery(sought.query, source.numberOf)
  const matches = found.map((candidate) => matchText(query, candidate))
  const missing = missingNeighbours(chooseFocus(matches, sought.weights), found)
  const neighbours = await source.standingAt(missing)
  return [...matches, ...neighbours.map((candidate) => matchText(query, candidate))]
}

const without = (rowNumbers: readonly number[], others: readonly Candidate[]): number[] => {
  if (rowNumbers.length === 0) return []
  const known = new Set(others.map(({ rowNumber }) => rowNumber))
  return rowNumbers.filter((rowNumber) => !known.has(rowNumber))
}

const chooseFocus = (matches: readonly TextMatch[], weights: QueryWeights): Candidate[] =>
  bestFirst(
    matches.map(({ candidate, pieces }) => ({ candidate, score: scoreAlone(pieces, weights) })),
    {
      count: FOCUS,
      score: ({ score }) => score,
      compare: (a, b) => b.candidate.rowNumber - a.candidate.rowNumber,
    },
  ).map(({ candidate }) => candidate)
