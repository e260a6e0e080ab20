/** How items are ordered, and how many are wanted. */
export interface Order<Item> {
  readonly count: number
  readonly score: (item: Item) => number
  /** The order among equals. */
  readonly compare: (a: Item, b: Item) => number
}

/** The items of the greatest scores, greatest first. Cheaper than to sort all of many. */
export const bestFirst = <Item>(
  items: readonly Item[],
  { count, score, compare }: Order<Item>,
): Item[] => {
  const least = leastOfBest(items, count, score)
  return items
    .filter((item) => score(item) >= least)
    .toSorted((a, b) => score(b) - score(a) || compare(a, b))
    .slice(0, Math.max(count, 0))
}

/** More than this are sorted: putting each score in its place among many takes longer. */
const MOST_PLACED = 200

/** The score that the last of the best has. */
const leastOfBest = <Item>(
  items: readonly Item[],
  count: number,
  score: (item: Item) => number,
): number => {
  if (count >= items.length || count < 1) return -Infinity
  if (count > MOST_PLACED) {
    const sorted = Float64Array.from(items, score).sort()
    return sorted[sorted.length - count] ?? -Infinity
  }
  // The best so far, the least of them first.
  const best = new Float64Array(count).fill(-Infinity)
  for (const item of items) placeScore(best, score(item))
  return best[0] ?? -Infinity
}

const placeScore = (best: Float64Array, score: number): void => {
  if (score <= (best[0] ?? 0)) return
  let at = 0
  for (; at + 1 < best.length; at++) {
    const next = best[at + 1] ?? 0
    if (next >= score) break
    best[at] = next
  }
  best[at] = score
}
