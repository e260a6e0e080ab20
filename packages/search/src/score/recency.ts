/** How much more the newest text counts when the latest is asked for. */
const LATEST_BOOST = 0.3

const LATEST = /\b(?:latest|newest|most recent(?:ly)?|currently|as of now|up[ -]to[ -]date)\b/i

/** Whether a question asks for the newest of several answers. */
export const asksForLatest = (question: string): boolean => LATEST.test(question)

/** A stretch of time, in milliseconds since 1970. */
export interface TimeSpan {
  readonly from: number
  readonly until: number
}

/**
 * The factor for being new, for questions that ask for the latest: from 1 for the oldest text found to
 * 1 + `LATEST_BOOST` for the newest. In general recency says nothing about relevance.
 */
export const recencyFactor = (
  occurredAt: number | undefined,
  { from, until }: TimeSpan,
): number => {
  if (occurredAt === undefined || until <= from) return 1
  return 1 + (LATEST_BOOST * (occurredAt - from)) / (until - from)
}
