import type { TextQuery } from './text-query.ts'

/** What a query finds in one stretch of text. */
export interface Match {
  /** How often each stem of the query occurs, fractions where text was borrowed; empty where none does. */
  readonly counts: readonly number[]
  /** How often each pair of the query occurs side by side; empty where none does. */
  readonly pairCounts: readonly number[]
  /** Length in stems. */
  readonly length: number
}

/** A query over numbered stems. */
export interface NumberedQuery {
  readonly pairs: TextQuery['pairs']
  /** The place in the query, plus 1, of the stem of each number; 0 and absent for others. */
  readonly places: Uint8Array
  /** A count of 0 for each stem. */
  readonly zeros: readonly number[]
}

/**
 * Prepares a query of at most 255 stems for matching.
 *
 * @param find the number of a stem; absent where no text holds it
 */
export const numberQuery = (
  { stems, pairs }: TextQuery,
  find: (stem: string) => number | undefined,
): NumberedQuery => {
  const numbers = stems.map((stem) => find(stem) ?? -1)
  const places = new Uint8Array(Math.max(0, ...numbers) + 1)
  numbers.forEach((number, place) => {
    if (number >= 0) places[number] = place + 1
  })
  return { pairs, places, zeros: stems.map(() => 0) }
}

const NONE: readonly number[] = []

/** What a query finds in one piece of a text, given as numbers of stems in order. */
export const matchPiece = (query: NumberedQuery, piece: readonly number[]): Match => {
  const { pairs, places, zeros } = query
  const { length } = piece
  let counts: number[] | undefined
  let pairCounts: readonly number[] = NONE
  let previous = 0
  for (let at = 0; at < length; at++) {
    const place = places[piece[at] ?? 0] ?? 0
    if (place > 0) {
      counts ??= zeros.slice()
      counts[place - 1] = (counts[place - 1] ?? 0) + 1
      if (previous > 0) pairCounts = countPair(pairs, pairCounts, [previous - 1, place - 1])
    }
    previous = place
  }
  return { counts: counts ?? NONE, pairCounts, length }
}

const countPair = (
  pairs: TextQuery['pairs'],
  counted: readonly number[],
  [first, second]: readonly [number, number],
): readonly number[] => {
  const at = pairs.findIndex((pair) => pair[0] === first && pair[1] === second)
  if (at < 0) return counted
  const counts = counted.length > 0 ? [...counted] : pairs.map(() => 0)
  counts[at] = (counts[at] ?? 0) + 1
  return counts
}

/** What a query finds in a text as a whole, apart from pairs. */
export const sumMatches = (pieces: readonly Match[]): Match => {
  const counts: number[] = []
  let length = 0
  for (const piece of pieces) {
    piece.counts.forEach((count, place) => (counts[place] = (counts[place] ?? 0) + count))
    length += piece.length
  }
  return { counts, pairCounts: NONE, length }
}
