import { FIRST_STEM, LENGTH } from './rows.ts'
import type { TextQuery } from './text-query.ts'

/** How soon a term's repetition stops counting. Low, because memories are short. */
export const SATURATION = 0.6

/** How much length is held against a text, 0 to 1. */
const LENGTH_PENALTY = 0.6

/** What is known of all documents that a score is relative to. */
export interface CollectionStatistics {
  readonly documents: number
  /** Mean number of stems in a piece. */
  readonly averageLength: number
  /** Number of documents that hold each stem; absent for a stem that none holds. */
  readonly frequencies: ReadonlyMap<string, number>
}

/**
 * How much a stem tells, always above 0: the inverse document frequency of BM25 in the form that
 * cannot be negative (Lucene's, after Robertson and Spärck Jones).
 */
export const inverseFrequency = (statistics: CollectionStatistics, stem: string): number => {
  const documents = Math.max(statistics.documents, 1)
  const frequency = Math.min(statistics.frequencies.get(stem) ?? 0, documents)
  return Math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5))
}

/**
 * The part of a term's weight that its count earns, 0 to 1 + `SATURATION` (Robertson and Zaragoza
 * 2009, "The Probabilistic Relevance Framework").
 *
 * @param norm how soon it is earned, from `lengthNorm`
 */
export const saturate = (count: number, norm: number): number =>
  (count * (SATURATION + 1)) / (count + SATURATION * norm)

/** What the length of a text, against the mean, holds against its counts; 1 for the mean. */
export const lengthNorm = (lengthRatio: number): number =>
  1 - LENGTH_PENALTY + LENGTH_PENALTY * lengthRatio

/** What two stems side by side add, against what each adds by itself. */
const PAIR_WEIGHT = 0.2

/** Weights of a query's stems and pairs in a collection. */
export interface QueryWeights {
  readonly stems: readonly number[]
  readonly pairs: readonly number[]
  readonly averageLength: number
}

/** Weighs a query once for all documents. */
export const weighQuery = (query: TextQuery, statistics: CollectionStatistics): QueryWeights => {
  const stems = query.stems.map((stem) => inverseFrequency(statistics, stem))
  const pairs = query.pairs.map(
    ([first, second]) => PAIR_WEIGHT * ((stems[first] ?? 0) + (stems[second] ?? 0)),
  )
  return { stems, pairs, averageLength: Math.max(statistics.averageLength, 1) }
}

/** The BM25 score of the row that begins at `start`, with pairs as terms of their own; 0 when nothing matches. */
export const scoreRow = (
  values: Float64Array,
  start: number,
  { stems, pairs, averageLength }: QueryWeights,
): number => {
  const norm = lengthNorm((values[start + LENGTH] ?? 0) / averageLength)
  const firstPair = start + FIRST_STEM + stems.length
  let score = 0
  for (let at = 0; at < stems.length; at++) {
    const count = values[start + FIRST_STEM + at] ?? 0
    if (count > 0) score += (stems[at] ?? 0) * saturate(count, norm)
  }
  for (let at = 0; at < pairs.length; at++) {
    const count = values[firstPair + at] ?? 0
    if (count > 0) score += (pairs[at] ?? 0) * saturate(count, norm)
  }
  return score
}
