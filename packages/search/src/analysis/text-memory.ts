import { decodePieces, PIECE_BREAK } from './pieces.ts'

/** Stands between the pieces of a text; numbers of stems count from 1. */
export const PIECE_END = 0

/** Where a text stands in a text memory. */
export interface TextPlace {
  readonly start: number
  /** Just after its last stem. */
  readonly end: number
}

/** Texts as the numbers of their stems, one after the other, so that many are read without a detour. */
export interface TextMemory {
  /** Stems in order, `PIECE_END` between pieces. Replaced as it grows: read it after the last `add`. */
  readonly numbers: Uint32Array
  /**
   * Adds a text for good.
   *
   * @param stems the numbers of its distinct stems
   * @param pieces as `encodePieces` writes them
   */
  add(stems: readonly number[], pieces: string): TextPlace
}

const FIRST_CAPACITY = 1024

/** An empty memory. */
export const createTextMemory = (): TextMemory => {
  let numbers = new Uint32Array(FIRST_CAPACITY)
  let used = 0
  const reserve = (wanted: number) => {
    if (wanted <= numbers.length) return
    const grown = new Uint32Array(Math.max(wanted, numbers.length * 1.5))
    grown.set(numbers)
    numbers = grown
  }
  return {
    get numbers() {
      return numbers
    },
    add(stems, pieces) {
      const places = decodePieces(pieces)
      reserve(used + places.length)
      const start = used
      for (const place of places)
        numbers[used++] = place === PIECE_BREAK ? PIECE_END : (stems[place] ?? PIECE_END)
      return { start, end: used }
    },
  }
}
