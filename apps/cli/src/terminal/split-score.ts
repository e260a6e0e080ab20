import type { Recollection } from './recollection.ts'

/** What a score is made of: `score = relevance × factors`. */
export interface ScoreParts {
  /** Relevance by words and by vectors, each from 0 to 1 in its search. */
  readonly text: number
  readonly similarity: number
  /** From both; undefined where a factor of 0 hides it. */
  readonly relevance: number | undefined
  /** The factors that changed the score. */
  readonly factors: readonly (readonly [name: string, factor: number])[]
}

/** Takes a score apart. */
export const splitScore = ({
  hybridScore,
  signals: { text = 0, similarity = 0, ...others },
}: Pick<Recollection, 'hybridScore' | 'signals'>): ScoreParts => {
  const factors = Object.entries(others).filter(([, factor]) => factor !== 1)
  const product = factors.reduce((sofar, [, factor]) => sofar * factor, 1)
  return { text, similarity, relevance: product > 0 ? hybridScore / product : undefined, factors }
}

/** Text and similarity that are closer than this say nothing of their weights. */
const LEAST_DIFFERENCE = 0.001

/** What relevance may differ by for the sake of rounding. */
const TOLERANCE = 1e-6

/**
 * The weight w of similarity in `relevance = (1 - w) × text + w × similarity`, which is one for a
 * whole search. Undefined where the scores do not tell, or are not made in this way.
 */
export const findSimilarityWeight = (scores: readonly ScoreParts[]): number | undefined => {
  const [clearest] = scores.toSorted((a, b) => difference(b) - difference(a))
  if (clearest?.relevance === undefined || difference(clearest) < LEAST_DIFFERENCE) return undefined
  const { text, similarity, relevance } = clearest
  const exact = (text - relevance) / (text - similarity)
  const weight = exact < TOLERANCE ? 0 : Math.min(exact, 1)
  return scores.every((parts) => isMadeWith(weight, parts)) ? weight : undefined
}

const difference = ({ text, similarity, relevance }: ScoreParts): number =>
  relevance === undefined ? 0 : Math.abs(text - similarity)

const isMadeWith = (weight: number, { text, similarity, relevance }: ScoreParts): boolean =>
  relevance === undefined ||
  Math.abs((1 - weight) * text + weight * similarity - relevance) < TOLERANCE
