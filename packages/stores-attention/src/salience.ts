import type { FocusLevel } from './focus.ts'

/** How much each part counts; they sum to 1. */
export const SALIENCE_WEIGHTS = { novelty: 0.4, surprise: 0.3, contradiction: 0.3 } as const

/** Lowest salience of each level; what is below all stays in the background. */
const SALIENCE_LEVELS = { primary: 0.7, secondary: 0.4 } as const

/** What makes an item stand out, each from 0 to 1; absent where nobody knows. */
export interface SalienceParts {
  /** How unlike the latest texts it is: 1 − the greatest cosine to one of them. */
  readonly novelty?: number | undefined
  /** How little it was expected. */
  readonly surprise?: number | undefined
  /** How much it contradicts what is known. */
  readonly contradiction?: number | undefined
}

/**
 * How much an item stands out, from 0 to 1: .4 novelty + .3 surprise + .3 contradiction, over the
 * weights of the parts that are known. Absent where none is: a guess would look like a measurement.
 */
export const scoreSalience = (
  parts: SalienceParts,
  weights: Required<SalienceParts> = SALIENCE_WEIGHTS,
): number | undefined => {
  const known = [
    [parts.novelty, weights.novelty],
    [parts.surprise, weights.surprise],
    [parts.contradiction, weights.contradiction],
  ].flatMap(([part, weight]) => (part === undefined ? [] : [{ part, weight: weight ?? 0 }]))
  const total = known.reduce((sum, { weight }) => sum + weight, 0)
  if (total <= 0) return undefined
  return known.reduce((sum, { part, weight }) => sum + part * weight, 0) / total
}

/** The level of focus that a salience deserves. */
export const levelOf = (
  salience: number,
  levels: { readonly primary: number; readonly secondary: number } = SALIENCE_LEVELS,
): FocusLevel => {
  if (salience >= levels.primary) return 'primary'
  return salience >= levels.secondary ? 'secondary' : 'background'
}
