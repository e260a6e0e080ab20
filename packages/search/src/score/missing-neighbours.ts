import { type Candidate, groupKey } from './candidate.ts'
import { NEIGHBOUR_REACH } from './neighbour-context.ts'

/** A place in a group. */
export interface GroupPlace {
  readonly layer: string
  readonly groupId: string
  readonly position: number
}

/** The places within reach of the `focus` at which none of the `known` candidates stands. */
export const missingNeighbours = (
  focus: readonly Candidate[],
  known: readonly Candidate[],
): GroupPlace[] => {
  const taken = new Set(known.map((candidate) => placeKey(candidate, candidate.position)))
  const missing = new Map<string, GroupPlace>()
  for (const candidate of focus) {
    for (const place of placesAround(candidate)) {
      const key = placeKey(candidate, place.position)
      if (!taken.has(key)) missing.set(key, place)
    }
  }
  return [...missing.values()]
}

const placeKey = (candidate: Candidate, position: number | undefined): string =>
  `${groupKey(candidate)} ${position}`

const placesAround = ({ layer, groupId, position }: Candidate): GroupPlace[] => {
  if (groupId === undefined || position === undefined) return []
  const first = position - NEIGHBOUR_REACH
  return Array.from({ length: 2 * NEIGHBOUR_REACH + 1 }, (_, step) => first + step)
    .filter((at) => at !== position)
    .map((at) => ({ layer, groupId, position: at }))
}
