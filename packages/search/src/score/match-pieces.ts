import type { AnalyzedText } from '../analysis/pieces.ts'
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

/** What a query finds in a document, piece by piece. */
export const matchPieces = (query: TextQuery, text: AnalyzedText): Match[] => {
  const sought = placesInQuery(query, text)
  return text.pieces.map((piece) =>
    sought === undefined
      ? { counts: [], pairCounts: [], length: piece.length }
      : matchPiece(query, piece, sought),
  )
}

/** For each stem of a text its place in the query, or -1; nothing where the text holds none of it. */
const placesInQuery = ({ stems }: TextQuery, text: AnalyzedText): number[] | undefined => {
  let holdsSome = false
  const places = text.stems.map((stem) => {
    const place = stems.indexOf(stem)
    if (place >= 0) holdsSome = true
    return place
  })
  return holdsSome ? places : undefined
}

const matchPiece = (
  query: TextQuery,
  piece: readonly number[],
  sought: readonly number[],
): Match => {
  const found = piece.map((place) => sought[place] ?? -1)
  const counts = query.stems.map(() => 0)
  for (const place of found) {
    if (place >= 0) counts[place] = (counts[place] ?? 0) + 1
  }
  return {
    counts,
    pairCounts: query.pairs.map((pair) => countPair(pair, found)),
    length: piece.length,
  }
}

const countPair = (
  [first, second]: readonly [number, number],
  found: readonly number[],
): number => {
  let count = 0
  for (let at = found.indexOf(second, 1); at > 0; at = found.indexOf(second, at + 1)) {
    if (found[at - 1] === first) count++
  }
  return count
}

/** What a query finds in a document as a whole. */
export const sumMatches = (pieces: readonly Match[]): Match => {
  const counts: number[] = []
  let length = 0
  for (const piece of pieces) {
    piece.counts.forEach((count, place) => (counts[place] = (counts[place] ?? 0) + count))
    length += piece.length
  }
  return { counts, pairCounts: [], length }
}
