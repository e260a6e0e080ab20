import type { Candidate } from './candidate.ts'
import { DISTANCES } from './neighbour-context.ts'
import { indexPlaces, NOBODY } from './place-index.ts'

/**
 * The neighbours of candidates, as far as these are candidates: for each in turn, in the order of
 * `DISTANCES`, where among the candidates they stand, or `NOBODY`.
 */
export const findNeighbours = (candidates: readonly Candidate[]): Int32Array => {
  const placeOf = indexPlaces(candidates)
  const neighbours = new Int32Array(candidates.length * DISTANCES.length).fill(NOBODY)
  const reach = DISTANCES.length
  for (let at = 0; at < candidates.length; at++) {
    const { group, position } = candidates[at] ?? {}
    if (group === undefined || position === undefined) continue
    for (let place = 0; place < reach; place++)
      neighbours[at * reach + place] = placeOf(group, position + (DISTANCES[place] ?? 0))
  }
  return neighbours
}
