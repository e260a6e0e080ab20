/**
 * How much more readily a primed item comes to mind, by the time since it was primed, in ms: twice as
 * much in the first five minutes, 1.5 times until half an hour, 1.2 times until an hour.
 */
export const PRIMING_BANDS = [
  { untilMs: 5 * 60_000, boost: 2 },
  { untilMs: 30 * 60_000, boost: 1.5 },
  { untilMs: 60 * 60_000, boost: 1.2 },
] as const

/** After this time nothing is left of priming: where the last band ends. */
export const PRIMING_MS = 60 * 60_000

/**
 * The factor for an item that was primed `ageMs` ago, from 1 (none) to 2: the part of a band's boost
 * above 1 in proportion to the activation that it was primed with, from 0 to 1.
 */
export const primingBoost = (
  ageMs: number,
  activation = 1,
  bands: readonly { readonly untilMs: number; readonly boost: number }[] = PRIMING_BANDS,
): number => {
  const band = bands.find(({ untilMs }) => Math.max(ageMs, 0) < untilMs)
  return 1 + ((band?.boost ?? 1) - 1) * activation
}
