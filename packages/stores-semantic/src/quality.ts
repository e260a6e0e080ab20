import type { Memory } from './memory.ts'

/** How much each part counts; they sum to 1. */
const QUALITY_WEIGHTS = { usefulness: 0.5, confidence: 0.3, access: 0.2 } as const

/** Accesses from which on more of them add nothing. */
const FULL_ACCESS_COUNT = 100

/** Lowest score of each tier, the best first; what is below all is `poor`. */
export const QUALITY_TIERS = [
  ['excellent', 0.8],
  ['good', 0.6],
  ['fair', 0.4],
] as const

export type QualityTier = (typeof QUALITY_TIERS)[number][0] | 'poor'

/** How good a memory is, from 0 to 1, and the parts that make up the score, each from 0 to 1. */
export interface Quality {
  readonly score: number
  readonly tier: QualityTier
  readonly parts: { usefulness: number; confidence: number; access: number }
}

/** .5 usefulness + .3 confidence + .2 min(accesses / 100, 1). */
export const scoreQuality = (
  memory: Pick<Memory, 'usefulness' | 'confidence' | 'accessCount'>,
): Quality => {
  const { usefulness, confidence } = memory
  const access = Math.min(memory.accessCount / FULL_ACCESS_COUNT, 1)
  const score =
    QUALITY_WEIGHTS.usefulness * usefulness +
    QUALITY_WEIGHTS.confidence * confidence +
    QUALITY_WEIGHTS.access * access
  return { score, tier: tierOf(score), parts: { usefulness, confidence, access } }
}

const tierOf = (score: number): QualityTier =>
  QUALITY_TIERS.find(([, lowest]) => score >= lowest)?.[0] ?? 'poor'
