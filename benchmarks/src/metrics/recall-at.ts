/**
 * The share of the relevant items that stand among the first `depth` results, from 0 to 1.
 *
 * @param ranked results, best first, none twice
 * @throws RangeError where nothing is relevant: there is then no share
 */
export const recallAt = <Item>(
  depth: number,
  ranked: readonly Item[],
  relevant: ReadonlySet<Item>,
): number => {
  if (relevant.size === 0) throw new RangeError('recall needs at least one relevant item')
  return ranked.slice(0, depth).filter((item) => relevant.has(item)).length / relevant.size
}
