import type { Candidate } from './candidate.ts'
import { CONTEXT_LENGTH, DISTANCES, neighbourWeight } from './neighbour-context.ts'
import { indexPlaces, type PlaceIndex } from './place-index.ts'

const WEIGHTS = Float64Array.from(DISTANCES, neighbourWeight)

/** Candidates that lend to each other, and what each has by itself, in their order. */
interface Lenders {
  readonly candidates: readonly Candidate[]
  readonly values: Float64Array
  readonly placeOf: PlaceIndex
}

/**
 * Values in the order of candidates, each with what the others lend it as its neighbours: as much as
 * `borrowContext` has them lend stems.
 */
export const borrowValues = (
  candidates: readonly Candidate[],
  values: Float64Array,
): Float64Array => {
  const lenders = { candidates, values, placeOf: indexPlaces(candidates) }
  const enriched = values.slice()
  for (const [at, candidate] of candidates.entries())
    enriched[at] = (enriched[at] ?? 0) + lentTo(candidate, lenders)
  return enriched
}

const lentTo = (
  { group, position, length }: Candidate,
  { candidates, values, placeOf }: Lenders,
): number => {
  if (group === undefined || position === undefined) return 0
  let lent = 0
  let room = CONTEXT_LENGTH - length
  for (let place = 0; place < WEIGHTS.length && room > 0; place++) {
    const at = placeOf(group, position + (DISTANCES[place] ?? 0))
    const weight = WEIGHTS[place] ?? 0
    const theirs = candidates[at]?.length ?? 0
    lent += weight * Math.min(1, room / Math.max(theirs, 1)) * (values[at] ?? 0)
    room -= weight * theirs
  }
  return lent
}
