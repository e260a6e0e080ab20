import { SATURATION } from './bm25.ts'
import type { SpaceKind } from './fusion.ts'

/** Text below this share of the best possible score has little to do with the question. */
const TEXT_FLOOR = 0.03

/** Vector similarity from which a text is relevant without sharing a word with the question. */
const SIMILARITY_FLOOR: Readonly<Record<SpaceKind, number>> = {
  lexical: 0.35,
  semantic: 0.5,
}

/** A long question is answered by what matches this many of its rarest stems. */
const FLOOR_STEMS = 10

/** The score of a short text that holds all of a question's stems, or the rarest of a long question. */
export const bestPossible = (stemWeights: readonly number[]): number =>
  (SATURATION + 1) *
  stemWeights
    .toSorted((a, b) => b - a)
    .slice(0, FLOOR_STEMS)
    .reduce((sum, weight) => sum + weight, 0)

/**
 * Whether a text has enough to do with a question to be returned at all.
 *
 * @param similarity NaN where vectors were not compared
 */
export const isRelevant = (
  textShare: number,
  similarity: number,
  kind: SpaceKind | undefined,
): boolean =>
  textShare >= TEXT_FLOOR || (kind !== undefined && similarity >= SIMILARITY_FLOOR[kind])
