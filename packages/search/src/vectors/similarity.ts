/** A document, and how alike its best piece and a question are: 1 - cosine distance, from -1 to 1. */
export type Similarities = ReadonlyMap<number, number>

/** Among up to this many documents vectors are compared one by one: exact, and no slower. */
export const EXACT_UNTIL = 500

/** Documents with the nearest codes that are compared by their full vectors; with fewer, recall falls. */
const RERANKED = 256

/** How many documents are compared by their full vectors, where there are about so many to choose from. */
export const compared = (expected: number): number =>
  expected <= EXACT_UNTIL ? 2 * EXACT_UNTIL : RERANKED
