import type { Random } from './random.ts'

/**
 * Flattens the top of the order: what is most frequent in a language are words like "the", and those are
 * no matter of search. With 12, the words of a question stand in as many texts, and the most frequent ones
 * are as frequent, as in transcripts of conversations: a median of 0.12 of all texts.
 */
const SHIFT = 12

/**
 * A sampler of ranks from 0 to `size` - 1 that follow Zipf's law as Mandelbrot refined it: rank r is drawn
 * with a probability in proportion to 1 / (r + 12).
 */
export const createZipf = (size: number): ((random: Random) => number) => {
  const cumulated = new Float64Array(size)
  let total = 0
  for (let rank = 0; rank < size; rank++) {
    total += 1 / (rank + SHIFT)
    cumulated[rank] = total
  }
  return (random) => firstAbove(cumulated, random() * total)
}

/** The index of the first of rising values that is above `bound`; the last index where none is. */
const firstAbove = (values: Float64Array, bound: number): number => {
  let [low, high] = [0, values.length - 1]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((values[middle] ?? 0) > bound) high = middle
    else low = middle + 1
  }
  return low
}
