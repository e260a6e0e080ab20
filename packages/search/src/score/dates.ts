import { en, type ParsedComponents, type ParsedResult } from 'chrono-node'
import type { TimeSpan } from './recency.ts'

/** How much more a text counts that happened, or tells of what happened, when the question says. */
const DATE_BOOST = 2

/** A question about more than this, about a year, names no date that would tell texts apart. */
const LONGEST_SPAN_DAYS = 370

const DAY_MS = 86_400_000

/** Dates are sought only in text with a figure or one of these: parsing takes 0.1 ms. */
const MAYBE_DATE =
  /\b\d{1,4}(?:st|nd|rd|th)?\b|\b(?:yesterday|today|tonight|tomorrow|last|next|this|past|ago|(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|october|november|december)\b/i
const BARE_YEAR = /\b(?:in|during|of|since) ((?:19|20)\d\d)\b/g

/** Longer texts are read up to here: dates that matter stand in short texts. In UTF-16 code units. */
const READ_LENGTH = 2_000

/**
 * The days and longer spans that a text names, in UTC. Relative ones ("yesterday", "last week") are
 * counted from `reference`.
 */
const findTimeSpans = (text: string, reference: Date): TimeSpan[] => {
  const read = text.slice(0, READ_LENGTH)
  if (!MAYBE_DATE.test(read)) return []
  const found = en.casual.parse(read, { instant: reference, timezone: 0 })
  const years = Array.from(read.matchAll(BARE_YEAR), ([, year]) =>
    calendarSpan(Number(year), 0, 12),
  )
  return [...found.filter(namesDate).map(toSpan), ...years]
}

/** "At 5 o'clock" is of any day. */
const namesDate = ({ start, text }: ParsedResult): boolean =>
  start.isCertain('day') ||
  start.isCertain('weekday') ||
  start.isCertain('month') ||
  !start.isCertain('hour') ||
  RELATIVE_DAY.test(text)

const toSpan = ({ start, end, text }: ParsedResult): TimeSpan => {
  const { from, until } = componentSpan(start, text)
  return { from, until: end ? Math.max(until, componentSpan(end, text).until) : until }
}

const componentSpan = (date: ParsedComponents, text: string): TimeSpan => {
  const [year, month, day] = [
    date.get('year') ?? 0,
    (date.get('month') ?? 1) - 1,
    date.get('day') ?? 1,
  ]
  const dayStart = Date.UTC(year, month, day)
  if (namesDay(date, text)) return { from: dayStart, until: dayStart + DAY_MS }
  if (/\bweek/i.test(text)) return { from: dayStart, until: dayStart + 7 * DAY_MS }
  if (/\byear/i.test(text)) return calendarSpan(year, 0, 12)
  return calendarSpan(year, month, 1)
}

const RELATIVE_DAY = /\b(?:yesterday|today|tonight|tomorrow|days?|night|morning|evening)\b/i

const namesDay = (date: ParsedComponents, text: string): boolean =>
  date.isCertain('weekday') ||
  RELATIVE_DAY.test(text) ||
  (date.isCertain('day') && !/\b(?:week|month|year)/i.test(text))

const calendarSpan = (year: number, month: number, months: number): TimeSpan => ({
  from: Date.UTC(year, month, 1),
  until: Date.UTC(year, month + months, 1),
})

/** The spans of a question that are short enough to tell texts apart. */
export const findAskedSpans = (question: string, now: Date): TimeSpan[] =>
  findTimeSpans(question, now).filter(
    ({ from, until }) => until - from <= LONGEST_SPAN_DAYS * DAY_MS,
  )

/** What the date signal reads of a text. */
export interface DatedText {
  readonly content: string
  /** In milliseconds since 1970. */
  readonly occurredAt?: number | undefined
}

/**
 * The factor for texts of the time asked for: those that happened then, and those that, read on the
 * day they were said, tell of it.
 */
export const dateFactor = (text: DatedText, asked: readonly TimeSpan[]): number => {
  if (asked.length === 0 || text.occurredAt === undefined) return 1
  const said = text.occurredAt
  const spans = [{ from: said, until: said + 1 }, ...findTimeSpans(text.content, new Date(said))]
  return spans.some((span) => asked.some((other) => isOf(span, other))) ? DATE_BOOST : 1
}

/** Overlapping, and not a whole year for a question about a day. */
const isOf = (span: TimeSpan, asked: TimeSpan): boolean =>
  span.from < asked.until &&
  asked.from < span.until &&
  span.until - span.from <= 40 * (asked.until - asked.from)
