import type { IndexLimits } from './index-limits.ts'

/** An index that was shown to the planner, and what the query would cost with it. */
export interface Tried {
  readonly keys: readonly string[]
  readonly bytes: number
  readonly cost: number
  readonly isUsed: boolean
}

/**
 * The index worth having: of those that save enough and are used, and that are about as good as the
 * best, the one with the fewest keys, then the smallest. `undefined` when none helps.
 */
export const chooseTrial = <Trial extends Tried>(
  trials: readonly Trial[],
  costBefore: number,
  { minGain, tolerance }: Pick<IndexLimits, 'minGain' | 'tolerance'>,
): Trial | undefined => {
  const helping = trials.filter(({ isUsed, cost }) => isUsed && helps(costBefore, cost, minGain))
  const best = Math.min(...helping.map(({ cost }) => cost))
  return helping
    .filter(({ cost }) => cost <= best * (1 + tolerance))
    .toSorted(
      (one, other) =>
        one.keys.length - other.keys.length || one.bytes - other.bytes || one.cost - other.cost,
    )[0]
}

/** Whether a cost is at least `minGain` (a share) below what it was. */
export const helps = (before: number, after: number, minGain: number): boolean =>
  after <= before * (1 - minGain)
