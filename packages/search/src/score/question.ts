import { analyze } from '../analysis/analyze.ts'
import { findAskedSpans } from './dates.ts'
import { findNamedSpeakers } from './named-speakers.ts'
import { asksForLatest, type TimeSpan } from './recency.ts'
import { type TextQuery, toTextQuery } from './text-query.ts'
import { asksWhen } from './time-words.ts'

/** More of a question than this is not read. In UTF-16 code units. */
export const MAX_QUESTION_LENGTH = 20_000

/** A question, read once for all signals. */
export interface Question {
  readonly query: TextQuery
  /** Speakers whom the question names; their names are not among the stems. */
  readonly namedSpeakers: ReadonlySet<string>
  readonly askedSpans: readonly TimeSpan[]
  readonly asksWhen: boolean
  readonly asksForLatest: boolean
}

/** What a question is read against. */
export interface Setting {
  /** Everybody who could be named. */
  readonly speakers: readonly string[]
  /** When it is asked. */
  readonly now: Date
}

/** Reads a question. */
export const readQuestion = (text: string, { speakers, now }: Setting): Question => {
  const read = text.slice(0, MAX_QUESTION_LENGTH)
  const namedSpeakers = findNamedSpeakers(read, speakers)
  const names = new Set([...namedSpeakers].flatMap((name) => analyze(name)))
  const stems = analyze(read, 'query')
  const sought = stems.filter((stem) => !names.has(stem))
  return {
    // A question that is nothing but a name asks for what holds the name.
    query: toTextQuery(sought.length > 0 ? sought : stems),
    namedSpeakers,
    askedSpans: findAskedSpans(read, now),
    asksWhen: asksWhen(read),
    asksForLatest: asksForLatest(read),
  }
}
