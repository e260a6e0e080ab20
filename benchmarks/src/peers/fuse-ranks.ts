/** The usual constant of reciprocal rank fusion (Cormack, Clarke and Buettcher 2009). */
const RANK_CONSTANT = 60

/** All items of some rankings, by the sum of 1 / (60 + place), the greatest first. */
export const fuseRanks = <Item>(rankings: readonly (readonly Item[])[]): Item[] => {
  const scores = new Map<Item, number>()
  for (const ranking of rankings) {
    for (const [index, item] of ranking.entries()) {
      scores.set(item, (scores.get(item) ?? 0) + 1 / (RANK_CONSTANT + index + 1))
    }
  }
  return [...scores].toSorted(([, a], [, b]) => b - a).map(([item]) => item)
}
