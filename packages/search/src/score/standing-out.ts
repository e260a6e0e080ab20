import type { Candidate } from './candidate.ts'
import { borrowValues } from './similarity-context.ts'

/** What is known of a question's candidates when their similarities are judged, in their order. */
export interface Compared {
  readonly candidates: readonly Candidate[]
  /** As `findNeighbours` found them. */
  readonly neighbours: Int32Array
  readonly textScores: Float64Array
  /** NaN for those that were not compared. */
  readonly similarities: Float64Array
}

/** How far texts stand out by their similarity. */
export interface StandingOut {
  /** 0 for a text as near to the question as is usual, 1 where it is clearly nearer, or more; NaN if not compared. */
  readonly heights: Float64Array
  readonly greatest: number
}

/**
 * A text is clearly nearer to a question than others by so many standard deviations. Of a few hundred some
 * are nearer by three, by chance.
 */
const CLEAR_DEVIATIONS = 4

/** Fewer texts tell nothing of what is usual. */
const FEWEST = 10

/**
 * How far each text stands out among those that share words with the question: the square of its standard
 * score, as the logarithm of the normal distribution's density falls with the square, and with what its
 * neighbours lend it. A weak model raises little above the rest, a good one raises the answer: so each has
 * the say that it deserves, on any scale of similarities. Undefined where there are too few texts, or all
 * are alike.
 */
export const measureStandingOut = (compared: Compared): StandingOut | undefined => {
  const { textScores, similarities } = compared
  const known = similarities.filter((similarity) => !Number.isNaN(similarity))
  const usual = similarities.filter(
    (similarity, at) => !Number.isNaN(similarity) && (textScores[at] ?? 0) > 0,
  )
  const spread = describe(usual) ?? describe(known)
  if (spread === undefined) return undefined
  const values = similarities.map((similarity) => heightOf(similarity, spread))
  const heights = borrowValues({ ...compared, values })
  return {
    heights,
    greatest: heights.reduce((a, b) => (b > a ? b : a), 0),
  }
}

interface Spread {
  readonly mean: number
  readonly deviation: number
}

const heightOf = (value: number, { mean, deviation }: Spread): number =>
  (Math.max(value - mean, 0) / (CLEAR_DEVIATIONS * deviation)) ** 2

/** Similarities that differ by less differ by the rounding of 32-bit floats. */
const LEAST_DEVIATION = 1e-6

const describe = (values: Float64Array): Spread | undefined => {
  if (values.length < FEWEST) return undefined
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const deviation = Math.sqrt(squares / values.length)
  return deviation > LEAST_DEVIATION ? { mean, deviation } : undefined
}
