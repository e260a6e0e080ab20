import { FIRST_STEM, LENGTH, NO_ROW, type Rows } from './rows.ts'

/** Neighbours further away than this lend nothing. */
const NEIGHBOUR_REACH = 3

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

/** Where neighbours stand, seen from a text: nearest first, and what comes before first. */
export const DISTANCES: readonly number[] = Array.from({ length: NEIGHBOUR_REACH }, (_, index) => [
  -index - 1,
  index + 1,
]).flat()

/** How much a neighbour at each of these lends. */
export const WEIGHTS = Float64Array.from(DISTANCES, neighbourWeight)

/** Whose context is written where. */
export interface Context {
  /** Where in `rows.values` the row of the text begins. */
  readonly own: number
  /** The rows of its neighbours, or `NO_ROW`, in the order of `DISTANCES`. */
  readonly neighbours: Int32Array
  /** The enriched row. */
  readonly into: Float64Array
}

/**
 * Writes a row enriched with what its neighbours hold, each at its weight, until the context is full. The
 * neighbour for which it is too small lends evenly of all it has, in proportion to the room left. Pairs
 * are never borrowed.
 */
export const borrowContext = (rows: Rows, { own, neighbours, into }: Context): void => {
  const { values, width } = rows
  for (let at = 0; at < width; at++) into[at] = values[own + at] ?? 0
  let room = CONTEXT_LENGTH - (into[LENGTH] ?? 0)
  for (let place = 0; place < neighbours.length && room > 0; place++) {
    const neighbour = neighbours[place] ?? NO_ROW
    if (neighbour === NO_ROW) continue
    const length = values[neighbour + LENGTH] ?? 0
    const weight = WEIGHTS[place] ?? 0
    lend(rows, neighbour, { share: weight * Math.min(1, room / Math.max(length, 1)), into })
    room -= weight * length
  }
}

/** Adds a share of a row's length and stems to another. */
const lend = (
  { values, stems }: Rows,
  row: number,
  { share, into }: { share: number; into: Float64Array },
): void => {
  for (let at = LENGTH; at < FIRST_STEM + stems; at++)
    into[at] = (into[at] ?? 0) + share * (values[row + at] ?? 0)
}
