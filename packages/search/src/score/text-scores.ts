import { type QueryWeights, scoreRow } from './bm25.ts'
import type { Matches } from './match-text.ts'
import { borrowContext, DISTANCES } from './neighbour-context.ts'
import { NOBODY } from './place-index.ts'
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
 * The same of texts that are read among their `neighbours`, which `findNeighbours` found; 0 where neither a
 * text nor a neighbour holds a stem of the query.
 */
export const scoreInContext = (
  matches: Matches,
  weights: QueryWeights,
  neighbours: Int32Array,
): Float64Array => {
  const { candidates, rows } = matches
  const scores = new Float64Array(candidates.length)
  const around = new Int32Array(DISTANCES.length)
  const into = new Float64Array(rows.width)
  for (let at = 0; at < scores.length; at++) {
    for (let place = 0; place < around.length; place++) {
      const neighbour = neighbours[at * around.length + place] ?? NOBODY
      around[place] = neighbour === NOBODY ? NO_ROW : wholeOf(matches, neighbour)
    }
    const end = endOfPieces(matches, at)
    for (let own = matches.starts[at] ?? 0; own < end; own += rows.width) {
      borrowContext(rows, { own, neighbours: around, into })
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
