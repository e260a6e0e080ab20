/**
 * Normalised discounted cumulative gain of the first `depth` results, from 0 to 1: a relevant result at
 * place i, from 1, gains 1 / log2(i + 1), and the sum is divided by that of the best possible order
 * (Järvelin and Kekäläinen 2002, "Cumulated gain-based evaluation of IR techniques", with binary
 * relevance and the discount of Burges et al. 2005).
 *
 * @param ranked results, best first, none twice
 * @throws RangeError where nothing is relevant
 */
export const ndcgAt = <Item>(
  depth: number,
  ranked: readonly Item[],
  relevant: ReadonlySet<Item>,
): number => {
  if (relevant.size === 0) throw new RangeError('nDCG needs at least one relevant item')
  const gains = ranked
    .slice(0, depth)
    .map((item, index) => (relevant.has(item) ? discount(index + 1) : 0))
  const ideal = Array.from({ length: Math.min(depth, relevant.size) }, (_, index) =>
    discount(index + 1),
  )
  return sum(gains) / sum(ideal)
}

const discount = (place: number): number => 1 / Math.log2(place + 1)

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
