import { multiplyWeight, type SpaceKind, spread } from './fusion.ts'
import { type Compared, measureStandingOut } from './standing-out.ts'

/** How near candidates are to a question by their vectors, and what that counts for. */
export interface Nearness {
  /** From 0 to 1, in the order of the candidates; 0 for what was not compared. */
  readonly values: Float64Array
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
export const measureNearness = (vectors: Vectors): Nearness => {
  const { kind, similarities, similarityWeight } = vectors
  const standing = kind === 'semantic' ? measureStandingOut(vectors) : undefined
  if (standing === undefined)
    return { values: spread(similarities).map(orNothing), weight: similarityWeight }
  const { heights, greatest } = standing
  return {
    values: heights.map((height) => orNothing(height / (greatest || 1))),
    weight: multiplyWeight(similarityWeight, greatest),
  }
}

const orNothing = (value: number): number => (Number.isNaN(value) ? 0 : value)
