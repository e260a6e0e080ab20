import type { Match } from './match-pieces.ts'
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
 */
export const saturate = (count: number, lengthRatio: number): number => {
  const norm = 1 - LENGTH_PENALTY + LENGTH_PENALTY * lengthRatio
  return (count * (SATURATION + 1)) / (count + SATURATION * norm)
}

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

/** The BM25 score of a match, with pairs as terms of their own; 0 when nothing matches. */
export const scoreMatch = (
  { counts, pairCounts, length }: Match,
  weights: QueryWeights,
): number => {
  const ratio = length / weights.averageLength
  return weigh(counts, weights.stems, ratio) + weigh(pairCounts, weights.pairs, ratio)
}

const weigh = (counts: readonly number[], weights: readonly number[], ratio: number): number => {
  let score = 0
  for (let at = 0; at < counts.length; at++) {
    const count = counts[at] ?? 0
    if (count > 0) score += (weights[at] ?? 0) * saturate(count, ratio)
  }
  return score
}
