import { multiplyWeight, type SpaceKind, spread } from './fusion.ts'
import { type Compared, measureStandingOut } from './standing-out.ts'

/** How near candidates are to a question by their vectors, and what that counts for. */
export interface Nearness {
  /** From 0 to 1; 0 for what was not compared. */
  readonly nearnessOf: (rowNumber: number) => number
  /** The share in relevance. */
  readonly weight: number
}

/** What nearness rests on. */
interface Vectors extends Compared {
  readonly kind: SpaceKind | undefined
  readonly similarityWeight: number
}

/**
 * Normalises similarities. Those of meaning count the more the clearer the nearest text stands out; those of
 * spellings, and those of too few texts to tell, are spread evenly.
 */
export const createNearness = (vectors: Vectors): Nearness => {
  const { kind, similarities, similarityWeight } = vectors
  const standing = kind === 'semantic' ? measureStandingOut(vectors) : undefined
  if (standing === undefined) {
    const spreaded = spread(similarities)
    const nearnessOf = (rowNumber: number) => {
      const similarity = similarities.get(rowNumber)
      return similarity === undefined ? 0 : spreaded(similarity)
    }
    return { nearnessOf, weight: similarityWeight }
  }
  const { heights, greatest } = standing
  return {
    nearnessOf: (rowNumber) => (heights.get(rowNumber) ?? 0) / (greatest || 1),
    weight: multiplyWeight(similarityWeight, greatest),
  }
}
