import { analyze } from './analyze.ts'

/** Stems of one piece: long texts are matched by their best piece, about 100 words of English. */
export const PIECE_STEMS = 60

/**
 * Distinct stems of one document take at most this many UTF-16 code units: PostgreSQL's `tsvector`
 * ends at 1 MB. Rarely met: it is the vocabulary of a long book.
 */
export const MAX_STEMS_LENGTH = 250_000

/** A text as it is indexed and scored. */
export interface AnalyzedText {
  /** Distinct stems, in the order in which they first occur. */
  readonly stems: readonly string[]
  /** For each piece its stems in order, each as a place in `stems`. */
  readonly pieces: readonly (readonly number[])[]
}

/** Analyses a document and cuts it into pieces of equal length. Empty text has no pieces. */
export const analyzeDocument = (content: string): AnalyzedText => {
  const places = new Map<string, number>()
  const sequence: number[] = []
  let room = MAX_STEMS_LENGTH
  for (const stem of analyze(content)) {
    const known = places.get(stem)
    if (known === undefined && (room -= stem.length + 1) < 0) continue
    const place = known ?? places.size
    places.set(stem, place)
    sequence.push(place)
  }
  return { stems: [...places.keys()], pieces: cutEvenly(sequence) }
}

const cutEvenly = (sequence: readonly number[]): number[][] => {
  const count = Math.ceil(sequence.length / PIECE_STEMS)
  const bound = (index: number) => Math.round((index * sequence.length) / count)
  return Array.from({ length: count }, (_, index) => sequence.slice(bound(index), bound(index + 1)))
}

const FIRST_CODE = 0x21
const SURROGATES = 0xd800
const AFTER_SURROGATES = 0xe000 - SURROGATES

/**
 * Writes pieces as text: a character for each stem, pieces separated by a space. The character is
 * the stem's place in code points from `!` on, so that UTF-8 keeps the first 94 in one byte.
 */
export const encodePieces = (pieces: readonly (readonly number[])[]): string =>
  pieces.map((piece) => piece.map(toCharacter).join('')).join(' ')

const toCharacter = (place: number): string => {
  const code = FIRST_CODE + place
  return String.fromCodePoint(code < SURROGATES ? code : code + AFTER_SURROGATES)
}

/** Stands between the pieces in what `decodePieces` gives. */
export const PIECE_BREAK = -1

/**
 * Reads what `encodePieces` wrote: the places of all stems in order, and `PIECE_BREAK` between pieces. A
 * loop over code units: an iterator over characters takes ten times as long.
 */
export const decodePieces = (text: string): number[] => {
  const places: number[] = []
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < SURROGATES) {
      // The space comes just before the first code.
      places.push(code - FIRST_CODE)
    } else {
      const point = text.codePointAt(at) ?? 0
      places.push((point < SURROGATES ? point : point - AFTER_SURROGATES) - FIRST_CODE)
      if (point > 0xffff) at++
    }
  }
  return places
}

/** Writes distinct stems as the database's full text reads them. */
export const encodeStems = (stems: readonly string[]): string => stems.join(' ')

/** Reads what `encodeStems` wrote. */
export const decodeStems = (text: string): string[] => (text === '' ? [] : text.split(' '))
