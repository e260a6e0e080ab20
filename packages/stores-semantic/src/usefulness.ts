import type { Memory, MemoryType } from './memory.ts'

/** How much each part counts; they sum to 1. */
export const USEFULNESS_WEIGHTS = { access: 0.4, recency: 0.3, type: 0.3 } as const

/** What a memory is worth for its type alone. */
export const TYPE_PRIORITIES = {
  decision: 1,
  pattern: 0.9,
  preference: 0.9,
  fact: 0.7,
  context: 0.5,
} satisfies Record<MemoryType, number>

/** Days after its last access at which a memory is no longer recent. */
export const RECENCY_DAYS = 90

/** Recency of what has never been accessed: neither fresh nor stale. */
const UNKNOWN_RECENCY = 0.5

export type UsefulnessParts = Pick<
  Memory,
  'accessCount' | 'createdAt' | 'lastAccessedAt' | 'memoryType'
>

/**
 * How useful a memory has proved, from 0 to 1: .4 accesses a day (at most one counts) + .3 recency of
 * access (falling to 0 in 90 days; .5 if never) + .3 priority of the type. The first day counts as a
 * whole one, so that a memory made this instant has a score like any other.
 */
export const scoreUsefulness = (memory: UsefulnessParts, now: Date): number => {
  const { access, recency, type } = USEFULNESS_WEIGHTS
  return (
    access * accessRate(memory, now) +
    recency * recencyOf(memory.lastAccessedAt, now) +
    type * TYPE_PRIORITIES[memory.memoryType]
  )
}

const accessRate = ({ accessCount, createdAt }: UsefulnessParts, now: Date): number =>
  Math.min(accessCount / Math.max(daysBetween(createdAt, now), 1), 1)

const recencyOf = (lastAccessedAt: Date | undefined, now: Date): number =>
  lastAccessedAt === undefined
    ? UNKNOWN_RECENCY
    : Math.max(1 - daysBetween(lastAccessedAt, now) / RECENCY_DAYS, 0)

const DAY_MS = 86_400_000

/** Never negative: clocks of two machines may disagree. */
const daysBetween = (from: Date, to: Date): number =>
  Math.max(to.getTime() - from.getTime(), 0) / DAY_MS
