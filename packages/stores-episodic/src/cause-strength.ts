import type { Episode, EventType } from './episode.ts'

/** How much each ground counts; they sum to 1. */
export const CAUSE_WEIGHTS = { overlap: 0.45, repair: 0.25, proximity: 0.3 } as const

/** Minutes after which nearness in time counts half. */
const HALF_LIFE_MINUTES = 60

/** What the formula is made with, for other paces of work. */
export interface CauseFormula {
  /** They should sum to 1. */
  readonly weights?: Readonly<Record<keyof typeof CAUSE_WEIGHTS, number>> | undefined
  /** Minutes after which nearness in time counts half; default 60. */
  readonly halfLifeMinutes?: number | undefined
}

/** Why one episode may have led to another: each ground from 0 to 1, and their weighted sum. */
export interface CauseStrength {
  readonly strength: number
  /** Shared files and symbols, as a share of the smaller of both sets. */
  readonly overlap: number
  /** 1 where an error is followed by what may have fixed it, else 0. */
  readonly repair: number
  /** 1 at the same time, halving every hour. */
  readonly proximity: number
}

/** What of an episode speaks of cause and effect. */
export type CausalParts = Pick<
  Episode,
  'code' | 'eventType' | 'files' | 'occurredAt' | 'outcome' | 'symbols'
>

/**
 * How likely it is that one episode led to a later one, from 0 to 1: .45 overlap + .25 repair +
 * .3 proximity. A candidate, no proof: nearness alone gives at most .3.
 */
export const scoreCause = (
  cause: CausalParts,
  effect: CausalParts,
  { weights = CAUSE_WEIGHTS, halfLifeMinutes = HALF_LIFE_MINUTES }: CauseFormula = {},
): CauseStrength => {
  const overlap = overlapOf(cause, effect)
  const repair = isError(cause) && isFix(effect) ? 1 : 0
  const minutes = (effect.occurredAt.getTime() - cause.occurredAt.getTime()) / 60_000
  const proximity = 0.5 ** (Math.max(minutes, 0) / halfLifeMinutes)
  const strength =
    weights.overlap * overlap + weights.repair * repair + weights.proximity * proximity
  return { strength, overlap, repair, proximity }
}

/** What both lists hold. */
export const sharedNames = (a: readonly string[], b: readonly string[]): string[] => {
  const names = new Set(b)
  return a.filter((name) => names.has(name))
}

const overlapOf = (a: CausalParts, b: CausalParts): number => {
  const shared = sharedNames(a.files, b.files).length + sharedNames(a.symbols, b.symbols).length
  const smaller = Math.min(a.files.length + a.symbols.length, b.files.length + b.symbols.length)
  return smaller === 0 ? 0 : shared / smaller
}

const ERROR_TYPES: ReadonlySet<EventType> = new Set(['error', 'bug_discovery', 'merge_conflict'])

const isError = ({ eventType, outcome, code }: CausalParts): boolean =>
  outcome === 'failure' || code?.testPassed === false || ERROR_TYPES.has(eventType)

/** Events that change something, or show that it is right now. */
const FIX_TYPES: ReadonlySet<EventType> = new Set([
  'success',
  'file_change',
  'code_edit',
  'commit',
  'refactoring',
  'dependency_change',
  'debugging',
  'test_run',
  'deployment',
])

const isFix = (effect: CausalParts): boolean => FIX_TYPES.has(effect.eventType) && !isError(effect)
