/** What an embedding space measures: shared spellings, or shared meaning. */
export type SpaceKind = 'lexical' | 'semantic'

/**
 * What vector similarity makes of relevance: the most where it is lexical, and where it is semantic as much
 * where the nearest text stands out clearly. Hashed vectors know spellings only: with more, and for words
 * that text finds anyway, they lose to text alone.
 */
const SIMILARITY_WEIGHT: Readonly<Record<SpaceKind, number>> = {
  lexical: 0.2,
  semantic: 0.5,
}

/**
 * The share of vector similarity in relevance, from 0 to 1.
 *
 * @param unknownShare how much of the question's weight lies in words that no document holds, 0 to 1:
 *   misspelt ones perhaps, which is where spellings help
 */
export const similarityWeight = (kind: SpaceKind | undefined, unknownShare: number): number => {
  if (kind === undefined) return 0
  return SIMILARITY_WEIGHT[kind] * (kind === 'lexical' ? unknownShare : 1)
}

/**
 * A weight at which something counts `times` as much, against what makes up the rest: 0.5 becomes 0.8 for 4.
 *
 * @param weight from 0, below 1
 */
export const multiplyWeight = (weight: number, times: number): number =>
  (weight * times) / (1 - weight + weight * times)

/** Maps values to between 0 (the least of all) and 1 (the greatest); to 1 where all are equal. NaN stays. */
export const spread = (values: Float64Array): Float64Array => {
  let [least, greatest] = [Infinity, -Infinity]
  for (const value of values) {
    if (value < least) least = value
    if (value > greatest) greatest = value
  }
  const range = greatest - least
  return values.map((value) => (range > 0 || Number.isNaN(value) ? (value - least) / range : 1))
}

/**
 * Relevance from both sides, 0 to 1: a weighted mean of two normalised scores (Bruch et al. 2023, "An
 * Analysis of Fusion Functions for Hybrid Retrieval").
 *
 * @param weight the share of `similarity`
 */
export const fuse = (text: number, similarity: number, weight: number): number =>
  (1 - weight) * text + weight * similarity
