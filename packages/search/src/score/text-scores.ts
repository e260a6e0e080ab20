import { type QueryWeights, scoreRow } from './bm25.ts'
import type { Group } from './candidate.ts'
import type { Matches } from './match-text.ts'
import { borrowContext, DISTANCES } from './neighbour-context.ts'
import { NO_ROW } from './rows.ts'

/** The scores of texts by themselves, in the order of the candidates: those of their best pieces. */
export const scoreAlone = (matches: Matches, weights: QueryWeights): Float64Array => {
  const { candidates, rows } = matches
  const scores = new Float64Array(candidates.length)
  for (let at = 0; at < scores.length; at++) {
    const end = endOfPieces(matches, at)
    for (let row = matches.starts[at] ?? 0; row < end; row += rows.width)
      scores[at] = Math.max(scores[at] ?? 0, scoreRow(rows.values, row, weights))
  }
  return scores
}

/**
 * The same of texts that are read among their neighbours, as far as these are candidates; 0 where neither
 * a text nor a neighbour holds a stem of the query.
 */
export const scoreInContext = (matches: Matches, weights: QueryWeights): Float64Array => {
  const { candidates, rows } = matches
  const scores = new Float64Array(candidates.length)
  const neighbours = new Int32Array(DISTANCES.length)
  const groups = gatherGroups(matches)
  const into = new Float64Array(rows.width)
  for (let at = 0; at < scores.length; at++) {
    findNeighbours(matches, groups, { at, neighbours })
    const end = endOfPieces(matches, at)
    for (let own = matches.starts[at] ?? 0; own < end; own += rows.width) {
      borrowContext(rows, { own, neighbours, into })
      scores[at] = Math.max(scores[at] ?? 0, scoreRow(into, 0, weights))
    }
  }
  return scores
}

/** The row of a whole text comes last, and is that of its piece where there is one. */
const wholeOf = ({ starts, rows }: Matches, at: number): number =>
  (starts[at + 1] ?? 0) - rows.width

const endOfPieces = (matches: Matches, at: number): number =>
  Math.max(wholeOf(matches, at), (matches.starts[at] ?? 0) + matches.rows.width)

/** Which candidate stands at each position of each group. */
type Groups = ReadonlyMap<Group, ReadonlyMap<number, number>>

const gatherGroups = ({ candidates }: Matches): Groups => {
  const groups = new Map<Group, Map<number, number>>()
  candidates.forEach(({ group, position, rowNumber }, at) => {
    if (group === undefined || position === undefined) return
    const members = groups.get(group)
    if (members === undefined) {
      groups.set(group, new Map([[position, at]]))
      return
    }
    // Of two texts at one place the newer one is the neighbour.
    const rival = members.get(position)
    if (rival === undefined || (candidates[rival]?.rowNumber ?? 0) < rowNumber)
      members.set(position, at)
  })
  return groups
}

/** Writes the rows of the neighbours of a candidate. */
const findNeighbours = (
  matches: Matches,
  groups: Groups,
  { at, neighbours }: { at: number; neighbours: Int32Array },
): void => {
  neighbours.fill(NO_ROW)
  const { group, position } = matches.candidates[at] ?? {}
  const members = group && groups.get(group)
  if (members === undefined || members.size < 2 || position === undefined) return
  DISTANCES.forEach((distance, place) => {
    const neighbour = members.get(position + distance)
    if (neighbour !== undefined) neighbours[place] = wholeOf(matches, neighbour)
  })
}
