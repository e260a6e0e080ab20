import type { Database } from '@athena-memory/db-core'
import type { SQL } from 'drizzle-orm'
import type { QueryWeights } from '../score/bm25.ts'
import type { Candidate } from '../score/candidate.ts'
import { missingNeighbours } from '../score/missing-neighbours.ts'
import type { TextQuery } from '../score/text-query.ts'
import { matchText, scoreAlone, type TextMatch } from '../score/text-scores.ts'
import type { LoadCandidates } from './candidate-store.ts'
import { findByPlaces, findByRows, findByStems } from './text-candidates.ts'

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
  readonly filter: SQL | undefined
}

/**
 * The candidates of a search, matched: documents that hold the stems, documents that vectors found, and
 * the neighbours of the best by text.
 */
export const gatherMatches = async (
  snapshot: Database,
  sought: Sought,
  load: LoadCandidates,
): Promise<TextMatch[]> => {
  const { query, stems, filter } = sought
  const holders = await findByStems(snapshot, stems, filter)
  const others = await findByRows(snapshot, without(sought.nearest, holders), filter)
  const found = await load(snapshot, [...holders, ...others])
  const matches = found.map((candidate) => matchText(query, candidate))
  const missing = missingNeighbours(chooseFocus(matches, sought.weights), found)
  const neighbours = await load(snapshot, await findByPlaces(snapshot, missing, filter))
  return [...matches, ...neighbours.map((candidate) => matchText(query, candidate))]
}

const without = (rowNumbers: readonly number[], others: readonly number[]): number[] => {
  const known = new Set(others)
  return rowNumbers.filter((rowNumber) => !known.has(rowNumber))
}

const chooseFocus = (matches: readonly TextMatch[], weights: QueryWeights): Candidate[] =>
  matches
    .map((match) => ({ candidate: match.candidate, score: scoreAlone(match, weights) }))
    .toSorted((a, b) => b.score - a.score)
    .slice(0, FOCUS)
    .map(({ candidate }) => candidate)
