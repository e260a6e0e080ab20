import type { CountsAs } from './readers.ts'

/** What a row of each sort counts. Entities are what one knows of, not what one knows. */
const EXPERTISE_WEIGHTS = {
  memories: 2,
  episodes: 1,
  procedures: 5,
  entities: 0,
} satisfies Record<CountsAs, number>

/** Lowest score of each level, the highest first; what is below all is a `beginner`'s. */
export const EXPERTISE_LEVELS = [
  ['expert', 100],
  ['advanced', 50],
  ['intermediate', 20],
] as const

export type ExpertiseLevel = (typeof EXPERTISE_LEVELS)[number][0] | 'beginner'

/** How much is known. */
export interface Expertise {
  /** 0 or more, without an upper bound. */
  readonly score: number
  readonly level: ExpertiseLevel
}

/** Rows by what they count as, and how far they can be relied on, from 0 to 1. */
export interface Knowledge extends Readonly<Record<CountsAs, number>> {
  readonly meanConfidence?: number | undefined
}

/**
 * (2 · memories + episodes + 5 · procedures) · mean confidence. Absent where no confidence is known:
 * without it the score would be made up.
 */
export const scoreExpertise = (
  knowledge: Knowledge,
  weights: Readonly<Record<CountsAs, number>> = EXPERTISE_WEIGHTS,
): Expertise | undefined => {
  const { meanConfidence } = knowledge
  if (meanConfidence === undefined) return undefined
  const rows =
    weights.memories * knowledge.memories +
    weights.episodes * knowledge.episodes +
    weights.procedures * knowledge.procedures +
    weights.entities * knowledge.entities
  const score = rows * meanConfidence
  return { score, level: levelOf(score) }
}

const levelOf = (score: number): ExpertiseLevel =>
  EXPERTISE_LEVELS.find(([, lowest]) => score >= lowest)?.[0] ?? 'beginner'
