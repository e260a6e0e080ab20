/** A source of numbers from 0 up to, but not including, 1. */
export type Random = () => number

/** Numbers that follow from the seed alone (Mulberry32, by Tommy Ettinger). */
export const seededRandom = (seed: number): Random => {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let word = Math.imul(state ^ (state >>> 15), state | 1)
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61)
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32
  }
}

/** `size` different items, or all of them where there are no more, in their order. */
export const sample = <Item>(items: readonly Item[], size: number, random: Random): Item[] =>
  items.filter((_, at) => {
    // Each item is taken with the chance that is left to it (Knuth, algorithm S).
    const isTaken = (items.length - at) * random() < size
    if (isTaken) size -= 1
    return isTaken
  })
