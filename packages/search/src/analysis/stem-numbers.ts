import { speaksOfTime } from '../score/time-words.ts'

/** Stems by number: what is kept in memory of texts, and compared. Numbers count from 1. */
export interface StemNumbers {
  readonly size: number
  /** The number of a stem, a new one where it has none. */
  number(stem: string): number
  /** The number of a stem; absent where no text brought it. */
  find(stem: string): number | undefined
  /** Whether the stem of that number speaks of time. */
  speaksOfTime(number: number): boolean
}

/** Numbers for the stems of one collection. */
export const createStemNumbers = (): StemNumbers => {
  const numbers = new Map<string, number>()
  const ofTime: boolean[] = [false]
  return {
    get size() {
      return numbers.size
    },
    number(stem) {
      const known = numbers.get(stem)
      if (known !== undefined) return known
      ofTime.push(speaksOfTime(stem))
      // A slice would keep the whole text alive that it was cut from.
      numbers.set(Buffer.from(stem).toString(), numbers.size + 1)
      return numbers.size
    },
    find: (stem) => numbers.get(stem),
    speaksOfTime: (number) => ofTime[number] === true,
  }
}
