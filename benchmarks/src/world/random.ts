/** A source of numbers from 0 up to, but not including, 1; the same ones for the same seeds. */
export type Random = () => number

/**
 * Numbers that follow from the seeds alone. Neighbouring seeds give unrelated numbers. (The mixing steps
 * are those of MurmurHash3's finaliser; the generator is Tommy Ettinger's Mulberry32.)
 */
export const createRandom = (...seeds: readonly number[]): Random => {
  let state = seeds.reduce((hash, seed) => mix(hash ^ mix(seed + 1)), 0x9e3779b9)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let word = Math.imul(state ^ (state >>> 15), state | 1)
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61)
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32
  }
}

const mix = (word: number): number => {
  const first = Math.imul(word ^ (word >>> 16), 0x85ebca6b)
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35)
  return second ^ (second >>> 16)
}

/** A whole number from 0 up to, but not including, `below`. */
export const randomBelow = (random: Random, below: number): number => Math.floor(random() * below)

/** A number of the normal distribution with mean 0 and deviation 1 (Box and Muller 1958). */
export const randomNormal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
