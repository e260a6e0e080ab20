import type { CodeCache } from './code-cache.ts'
import { compared } from './similarity.ts'
import { toSignBits, toWords } from './sign-bits.ts'
import type { FindNearest } from './vector-search.ts'

/** While too few of the documents are among those sought, this many times as many codes are looked at. */
const WIDENING = 8

/** All codes of the space are looked at, in memory. */
export const createMemoryNearest =
  (codes: Pick<CodeCache, 'rank'>): FindNearest =>
  async (snapshot, vector, { source, expected, limit }) => {
    const ranked = await codes.rank(snapshot, toWords(toSignBits(vector)))
    for (let looked = compared(expected); ; looked *= WIDENING) {
      const found = await source.listed(ranked.first(looked))
      if (found.length < limit && looked < ranked.size) continue
      return found.map(({ rowNumber }) => rowNumber)
    }
  }
