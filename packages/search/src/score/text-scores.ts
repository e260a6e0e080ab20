import { type QueryWeights, scoreMatch } from './bm25.ts'
import { type Candidate, groupKey } from './candidate.ts'
import { type Match, matchPieces, sumMatches } from './match-pieces.ts'
import { borrowContext, type Neighbour, NEIGHBOUR_REACH } from './neighbour-context.ts'
import type { TextQuery } from './text-query.ts'

/** What a query finds in one candidate. */
export interface TextMatch {
  readonly candidate: Candidate
  readonly pieces: readonly Match[]
  readonly whole: Match
}

/** Matches a query against one candidate. */
export const matchText = (query: TextQuery, candidate: Candidate): TextMatch => {
  const pieces = matchPieces(query, candidate)
  const [only] = pieces
  const whole = pieces.length === 1 && only !== undefined ? only : sumMatches(pieces)
  return { candidate, pieces, whole }
}

/** The score of a text by itself: that of its best piece. */
export const scoreAlone = ({ pieces }: TextMatch, weights: QueryWeights): number =>
  pieces.reduce((best, piece) => Math.max(best, scoreMatch(piece, weights)), 0)

/**
 * The scores of texts by row number, each read among its neighbours as far as they are among
 * `matches`; 0 where neither it nor a neighbour holds a stem of the query.
 */
export const scoreInContext = (
  matches: readonly TextMatch[],
  weights: QueryWeights,
): Map<number, number> => {
  const neighboursOf = createNeighbourhood(matches)
  const score = (match: TextMatch) => {
    const neighbours = neighboursOf(match.candidate)
    if (!holdsSome(match.whole) && !neighbours.some((near) => holdsSome(near.match))) return 0
    const pieces = match.pieces.map((piece) => borrowContext(piece, neighbours))
    return scoreAlone({ ...match, pieces }, weights)
  }
  return new Map(matches.map((match) => [match.candidate.rowNumber, score(match)]))
}

const holdsSome = ({ counts }: Match): boolean => counts.length > 0

/** Nearest first, and what comes before first. */
const DISTANCES = Array.from({ length: NEIGHBOUR_REACH }, (_, index) => [
  -index - 1,
  index + 1,
]).flat()

const createNeighbourhood = (matches: readonly TextMatch[]) => {
  const groups = new Map<string, Map<number, Match>>()
  for (const { candidate, whole } of matches) {
    const group = groups.get(groupKey(candidate)) ?? new Map<number, Match>()
    if (candidate.position !== undefined) group.set(candidate.position, whole)
    groups.set(groupKey(candidate), group)
  }
  return (candidate: Candidate): Neighbour[] => {
    const { position } = candidate
    const group = groups.get(groupKey(candidate))
    const neighbours: Neighbour[] = []
    if (position === undefined || group === undefined) return neighbours
    for (const distance of DISTANCES) {
      const match = group.get(position + distance)
      if (match !== undefined) neighbours.push({ distance, match })
    }
    return neighbours
  }
}
