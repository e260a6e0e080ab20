/** What kind of content an item holds; it says how fast the item fades. */
export const CONTENT_TYPES = [
  'verbal',
  'spatial',
  'episodic',
  'goal',
  'action',
  'decision',
] as const
export type ContentType = (typeof CONTENT_TYPES)[number]

/** Hours by content type. */
export type HalfLives = Readonly<Record<ContentType, number>>

/**
 * Hours after which an item of no importance is half as active as when it was last used, for agents
 * that come back to a task within the day. The proportions (action 20, verbal 30, spatial and episodic
 * 45, decision 60) are those of a working memory counted in seconds; a goal lasts a day.
 */
export const HALF_LIFE_HOURS: HalfLives = {
  action: 4,
  verbal: 6,
  spatial: 9,
  episodic: 9,
  decision: 12,
  goal: 24,
}

/** How much of the decay the highest importance takes away: half of it, so that life doubles. */
const IMPORTANCE_RELIEF = 0.5

/** What activation is computed from. */
export interface Fading {
  /** From 0 to 1, at `lastAccessedAt`. */
  readonly activation: number
  /** From 0 to 1. */
  readonly importance: number
  /** Per hour. */
  readonly decayRate: number
  readonly lastAccessedAt: Date
}

/** The decay rate, per hour, of what halves in so many hours: ln 2 / half-life. */
export const decayRateOf = (halfLifeHours: number): number => Math.LN2 / halfLifeHours

/** Hours in which the activation of an item halves; the more important it is, the longer. */
export const halfLifeOf = ({
  decayRate,
  importance,
}: Pick<Fading, 'decayRate' | 'importance'>): number =>
  Math.LN2 / (decayRate * (1 - IMPORTANCE_RELIEF * importance))

/**
 * How active an item is at a time, from 0 to 1: level * exp(-rate * (1 - .5 importance) * hours since
 * it was last used). Before that it is as active as then: clocks of two machines may disagree.
 */
export const activationAt = (item: Fading, at: Date): number => {
  const hours = Math.max(at.getTime() - item.lastAccessedAt.getTime(), 0) / HOUR_MS
  const rate = item.decayRate * (1 - IMPORTANCE_RELIEF * item.importance)
  return item.activation * Math.exp(-rate * hours)
}

const HOUR_MS = 3_600_000
