import { MAX_WORDS, measureSurprise } from './surprise.ts'

/** How texts are cut into segments. */
export interface SegmentOptions {
  /**
   * Surprise from which on a text may begin a segment, from 0 to 1. Default: the mean of the sequence
   * plus half a standard deviation.
   */
  readonly threshold?: number | undefined
  /** Fewest texts between two cuts; default 3. */
  readonly minSpacing?: number | undefined
  /** Words alike before and after from which on there is no cut, from 0 to 1; default .6. */
  readonly maxCohesion?: number | undefined
}

const MIN_SPACING = 3
const MAX_COHESION = 0.6
const DEVIATIONS = 0.5

/** Texts before each one that it is measured against: a topic is recent. */
const WINDOW = 6

/** How much surprise and the change of words count for confidence; they sum to 1. */
const CONFIDENCE_WEIGHTS = { surprise: 0.7, change: 0.3 } as const

/** A text that begins a segment. */
export interface Cut {
  /** Its place in the sequence; never 0, where the first segment begins. */
  readonly at: number
  /** From 0 to 1. */
  readonly surprise: number
  /** .7 surprise + .3 (1 - cohesion), from 0 to 1. */
  readonly confidence: number
}

/**
 * Where a sequence of texts, given as their words, turns to something else, in order. A cut is where
 * surprise reaches the threshold and the words of up to `minSpacing` texts before and after differ
 * (cosine of their counts); of cuts nearer than `minSpacing` the surest stays.
 */
export const segmentTexts = (
  texts: readonly (readonly string[])[],
  options: SegmentOptions = {},
): Cut[] => {
  const { minSpacing = MIN_SPACING, maxCohesion = MAX_COHESION } = options
  const surprises = measureSurprise(texts, { window: WINDOW, minTexts: 1 })
  const threshold = options.threshold ?? adaptiveThreshold(surprises)
  const candidates = surprises.flatMap((surprise, at) => {
    if (surprise === undefined || surprise < threshold || texts[at]?.length === 0) return []
    const cohesion = cohesionAt(texts, at, minSpacing)
    const { surprise: novelty, change } = CONFIDENCE_WEIGHTS
    const confidence = novelty * surprise + change * (1 - cohesion)
    return cohesion < maxCohesion ? [{ at, surprise, confidence }] : []
  })
  return keepApart(candidates, { minSpacing, length: texts.length })
}

const adaptiveThreshold = (surprises: readonly (number | undefined)[]): number => {
  const known = surprises.filter((surprise) => surprise !== undefined)
  const mean = known.reduce((sum, each) => sum + each, 0) / Math.max(known.length, 1)
  const variance =
    known.reduce((sum, each) => sum + (each - mean) ** 2, 0) / Math.max(known.length, 1)
  return mean + DEVIATIONS * Math.sqrt(variance)
}

/** How alike the words around a place are, from 0 to 1. */
const cohesionAt = (texts: readonly (readonly string[])[], at: number, reach: number): number =>
  cosine(
    countWords(texts.slice(Math.max(at - reach, 0), at)),
    countWords(texts.slice(at, at + reach)),
  )

const countWords = (texts: readonly (readonly string[])[]): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const words of texts) {
    for (const word of words.slice(0, MAX_WORDS)) counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  return counts
}

const cosine = (a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number => {
  let product = 0
  for (const [word, count] of a) product += count * (b.get(word) ?? 0)
  const lengths = lengthOf(a) * lengthOf(b)
  return lengths === 0 ? 0 : Math.min(product / lengths, 1)
}

const lengthOf = (counts: ReadonlyMap<string, number>): number =>
  Math.sqrt([...counts.values()].reduce((sum, count) => sum + count ** 2, 0))

const keepApart = (
  candidates: readonly Cut[],
  { minSpacing, length }: { minSpacing: number; length: number },
): Cut[] => {
  const kept: Cut[] = []
  const isFree = ({ at }: Cut) =>
    at >= minSpacing &&
    length - at >= minSpacing &&
    kept.every((other) => Math.abs(other.at - at) >= minSpacing)
  for (const cut of candidates.toSorted((a, b) => b.confidence - a.confidence || a.at - b.at)) {
    if (isFree(cut)) kept.push(cut)
  }
  return kept.toSorted((a, b) => a.at - b.at)
}
