import type { Match } from './match-pieces.ts'

/** Neighbours further away than this lend nothing. */
export const NEIGHBOUR_REACH = 3

/** What one occurrence in the turn just before counts, against one in the turn itself. */
const WEIGHT_BEFORE = 0.6

/** The same for the turn just after. */
const WEIGHT_AFTER = 0.4

/** With each further turn a neighbour's weight falls to this share. */
const DISTANCE_DECAY = 0.5

/**
 * Own and borrowed stems together come to at most this many. Short turns need their context; without
 * a limit long neighbours drown what a turn itself says.
 */
export const CONTEXT_LENGTH = 60

/** A document near another one in the same group; negative distances come before it. */
export interface Neighbour {
  readonly distance: number
  readonly match: Match
}

/** How much a stem of a neighbour counts, 0 beyond reach. */
export const neighbourWeight = (distance: number): number =>
  (distance < 0 ? WEIGHTS_BEFORE[-distance] : WEIGHTS_AFTER[distance]) ?? 0

/** Weights by distance, 0 for the turn itself. */
const weightsByDistance = (nearest: number): number[] => [
  0,
  ...Array.from({ length: NEIGHBOUR_REACH }, (_, steps) => nearest * DISTANCE_DECAY ** steps),
]
const WEIGHTS_BEFORE = weightsByDistance(WEIGHT_BEFORE)
const WEIGHTS_AFTER = weightsByDistance(WEIGHT_AFTER)

/**
 * A match enriched with what its neighbours hold, which come nearest first, each at its weight, until the
 * context is full. The neighbour for which it is too small lends evenly of all it has, in proportion
 * to the room left. Pairs are never borrowed.
 */
export const borrowContext = (own: Match, neighbours: readonly Neighbour[]): Match => {
  const counts = [...own.counts]
  let length = own.length
  let room = CONTEXT_LENGTH - own.length
  for (const { distance, match } of neighbours) {
    if (room <= 0) break
    const weight = neighbourWeight(distance)
    const lent = weight * Math.min(1, room / Math.max(match.length, 1))
    lend(counts, match.counts, lent)
    length += lent * match.length
    room -= weight * match.length
  }
  return { counts, pairCounts: own.pairCounts, length }
}

const lend = (counts: number[], lent: readonly number[], weight: number): void => {
  for (let place = 0; place < lent.length; place++)
    counts[place] = (counts[place] ?? 0) + weight * (lent[place] ?? 0)
}
