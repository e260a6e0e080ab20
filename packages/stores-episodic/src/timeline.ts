import { type Database, StorageError, type Tables } from '@athena-memory/db-core'
import { and, count, desc, eq, gte, lt, max, type SQL, sql } from 'drizzle-orm'

/** Which days to look at. */
export interface TimelineOptions {
  readonly projectId: string
  readonly sessionId?: string | undefined
  /** Occurred from `from` on, until just before `to`. */
  readonly from?: Date | undefined
  readonly to?: Date | undefined
  /** Days of the calendar that a page covers; default 30. */
  readonly limit?: number | undefined
  /** `nextCursor` of the page before. */
  readonly cursor?: string | undefined
}

/** A day of UTC on which something happened. */
export interface TimelineDay {
  /** Such as `2026-01-31`. */
  readonly day: string
  readonly count: number
  readonly types: Readonly<Record<string, number>>
  /** Episodes without an outcome are in none. */
  readonly outcomes: Readonly<Record<string, number>>
}

/** Days on which something happened, the latest first. */
export interface TimelinePage {
  readonly days: TimelineDay[]
  /** Where the next page begins; absent on the last. */
  readonly nextCursor?: string | undefined
}

const DEFAULT_LIMIT = 30
const DAY_MS = 86_400_000

/** Days with their counts; see `EpisodicStore.timeline`. */
export const readTimeline = async (
  db: Database,
  options: TimelineOptions,
): Promise<TimelinePage> => {
  const { limit = DEFAULT_LIMIT, cursor } = options
  const last = await lastTimeBefore(db, options, cursor ? dayAfter(cursor) : undefined)
  if (last === undefined) return { days: [] }
  const newest = startOfDay(last)
  const starts = Array.from({ length: limit }, (_, at) => new Date(newest - at * DAY_MS))
  const oldest = starts.at(-1) ?? last
  const days = toDays(starts, await countDays(db, options, starts))
  const next = await lastTimeBefore(db, options, oldest)
  return { days, nextCursor: next && nameOf(new Date(startOfDay(next))) }
}

const startOfDay = (time: Date): number => Math.floor(time.getTime() / DAY_MS) * DAY_MS

const nameOf = (day: Date): string => day.toISOString().slice(0, 10)

const dayAfter = (cursor: string): Date => {
  const start = /^\d{4}-\d\d-\d\d$/.test(cursor) ? Date.parse(cursor) : Number.NaN
  if (!Number.isNaN(start)) return new Date(start + DAY_MS)
  throw new StorageError('invalid', { detail: 'cursor must be the nextCursor of a page before' })
}

const lastTimeBefore = async (
  { query, tables: { episodes } }: Database,
  options: TimelineOptions,
  end: Date | undefined,
): Promise<Date | undefined> => {
  const [row] = await query
    .select({ last: max(episodes.occurredAt) })
    .from(episodes)
    .where(and(isInRange(episodes, options), end && lt(episodes.occurredAt, end)))
  return row?.last ?? undefined
}

const isInRange = (
  episodes: Tables['episodes'],
  { projectId, sessionId, from, to }: TimelineOptions,
): SQL | undefined =>
  and(
    eq(episodes.projectId, projectId),
    sessionId === undefined ? undefined : eq(episodes.sessionId, sessionId),
    from && gte(episodes.occurredAt, from),
    to && lt(episodes.occurredAt, to),
  )

interface DayCount {
  /** Its place among the days, from the latest. */
  readonly at: number
  readonly eventType: string
  readonly outcome: string | null
  readonly count: number
}

/** Counts by day, type and outcome in one statement; `starts` are consecutive days, the latest first. */
const countDays = (
  { query, tables: { episodes } }: Database,
  options: TimelineOptions,
  starts: readonly Date[],
): Promise<DayCount[]> => {
  const oldest = starts.at(-1)
  const end = starts[0] && new Date(starts[0].getTime() + DAY_MS)
  const cases = starts.map(
    (start, at) => sql`when ${gte(episodes.occurredAt, start)} then ${sql.raw(String(at))}`,
  )
  const days = query
    .select({
      at: sql<number>`case ${sql.join(cases, sql` `)} end`.mapWith(Number).as('place'),
      eventType: episodes.eventType,
      outcome: episodes.outcome,
    })
    .from(episodes)
    .where(
      and(
        isInRange(episodes, options),
        oldest && gte(episodes.occurredAt, oldest),
        end && lt(episodes.occurredAt, end),
      ),
    )
    .as('days')
  return query
    .select({ at: days.at, eventType: days.eventType, outcome: days.outcome, count: count() })
    .from(days)
    .groupBy(days.at, days.eventType, days.outcome)
    .orderBy(days.at, days.eventType, desc(days.outcome))
}

const toDays = (starts: readonly Date[], counts: readonly DayCount[]): TimelineDay[] =>
  starts.flatMap((start, at) => {
    const own = counts.filter((each) => each.at === at)
    if (own.length === 0) return []
    const [types, outcomes]: [Record<string, number>, Record<string, number>] = [{}, {}]
    for (const { eventType, outcome, count: some } of own) {
      types[eventType] = (types[eventType] ?? 0) + some
      if (outcome !== null) outcomes[outcome] = (outcomes[outcome] ?? 0) + some
    }
    const total = own.reduce((sum, each) => sum + each.count, 0)
    return [{ day: nameOf(start), count: total, types, outcomes }]
  })
