/** How fast associations are learned, within which time, and what distance in time costs. */
export const HEBBIAN = { rate: 0.1, windowMs: 60_000, distancePenalty: 0.5 } as const

/** Overrides of `HEBBIAN`. */
export interface HebbianParameters {
  /** From 0 to 1. */
  readonly rate?: number | undefined
  readonly windowMs?: number | undefined
  /** From 0 to 1: what is lost at the far end of the window. */
  readonly distancePenalty?: number | undefined
}

/** Two items that were active, each from 0 to 1, and the time between, in ms. */
export interface Coactivation {
  readonly pre: number
  readonly post: number
  readonly gapMs: number
}

/**
 * The share of what is still missing to full strength that one coactivation adds:
 * rate · pre · post · (1 − penalty · gap / window), and nothing beyond the window (after Hebb 1949,
 * bounded as by Oja 1982).
 */
export const hebbianGain = (
  { pre, post, gapMs }: Coactivation,
  {
    rate = HEBBIAN.rate,
    windowMs = HEBBIAN.windowMs,
    distancePenalty = HEBBIAN.distancePenalty,
  }: HebbianParameters = {},
): number => {
  const gap = Math.abs(gapMs)
  if (gap > windowMs) return 0
  const distance = windowMs === 0 ? 0 : gap / windowMs
  return rate * pre * post * (1 - distancePenalty * distance)
}

/**
 * A strength after a gain: strength + gain · (1 − strength). Two gains combine in the same way as a
 * strength and a gain, and in any order: so gains can be gathered first and written once.
 */
export const strengthen = (strength: number, gain: number): number =>
  strength + gain * (1 - strength)
