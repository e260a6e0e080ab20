import { type QueryWeights, scoreMatch } from './bm25.ts'
import type { Candidate, Group } from './candidate.ts'
import { type Match, matchPiece, type NumberedQuery, sumMatches } from './match-pieces.ts'
import { borrowContext, type Neighbour, NEIGHBOUR_REACH } from './neighbour-context.ts'

/** What a query finds in one candidate. */
export interface TextMatch<One extends Candidate = Candidate> {
  readonly candidate: One
  readonly pieces: readonly Match[]
  readonly whole: Match
}

/** Matches a query against one candidate. */
export const matchText = <One extends Candidate>(
  query: NumberedQuery,
  candidate: One,
): TextMatch<One> => {
  const pieces = candidate.pieces.map((piece) => matchPiece(query, piece))
  const whole = pieces.length === 1 ? pieces[0] : undefined
  return { candidate, pieces, whole: whole ?? sumMatches(pieces) }
}

/** The score of a text by itself: that of its best piece. */
export const scoreAlone = (pieces: readonly Match[], weights: QueryWeights): number => {
  let best = 0
  for (const piece of pieces) {
    if (piece.counts.length > 0) best = Math.max(best, scoreMatch(piece, weights))
  }
  return best
}

/**
 * The scores of texts, in their order, each read among its neighbours as far as they are among
 * `matches`; 0 where neither it nor a neighbour holds a stem of the query.
 */
export const scoreInContext = (
  matches: readonly TextMatch[],
  weights: QueryWeights,
): Float64Array => {
  const groups = gatherGroups(matches)
  return Float64Array.from(matches, (match) => {
    const neighbours = findNeighbours(match.candidate, groups)
    if (neighbours.length === 0) return scoreAlone(match.pieces, weights)
    const pieces = match.pieces.map((piece) => borrowContext(piece, neighbours))
    return scoreAlone(pieces, weights)
  })
}

/** What stands at each position of each group. */
type Groups = ReadonlyMap<Group, ReadonlyMap<number, TextMatch>>

const gatherGroups = (matches: readonly TextMatch[]): Groups => {
  const groups = new Map<Group, Map<number, TextMatch>>()
  for (const match of matches) {
    const { group, position, rowNumber } = match.candidate
    if (group === undefined || position === undefined) continue
    const members = groups.get(group)
    const rival = members?.get(position)
    if (members === undefined) groups.set(group, new Map([[position, match]]))
    // Of two texts at one place the newer one is the neighbour.
    else if (rival === undefined || rival.candidate.rowNumber < rowNumber)
      members.set(position, match)
  }
  return groups
}

/** Nearest first, and what comes before first. */
const DISTANCES = Array.from({ length: NEIGHBOUR_REACH }, (_, index) => [
  -index - 1,
  index + 1,
]).flat()

const ALONE: readonly Neighbour[] = []

const findNeighbours = ({ group, position }: Candidate, groups: Groups): readonly Neighbour[] => {
  const members = group && groups.get(group)
  if (members === undefined || members.size < 2 || position === undefined) return ALONE
  const neighbours: Neighbour[] = []
  for (const distance of DISTANCES) {
    const match = members.get(position + distance)
    if (match !== undefined) neighbours.push({ distance, match: match.whole })
  }
  return neighbours
}
