/**
 * 1 divided by the place, from 1, of the first relevant result; 0 where there is none. Its mean over
 * questions is MRR (Voorhees 1999, "The TREC-8 Question Answering Track Report").
 *
 * @param ranked results, best first
 */
export const reciprocalRank = <Item>(
  ranked: readonly Item[],
  relevant: ReadonlySet<Item>,
): number => {
  const index = ranked.findIndex((item) => relevant.has(item))
  return index < 0 ? 0 : 1 / (index + 1)
}
