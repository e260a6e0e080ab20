import { StorageError } from '@athena-memory/db-core'
import type { NewEpisode } from './new-episode.ts'

/** The longest content, in bytes of UTF-8. */
const MAX_CONTENT_BYTES = 1_048_576

/** The longest text that is part of an index, in bytes of UTF-8: PostgreSQL refuses more than 2,704. */
const MAX_KEY_BYTES = 2000

/** The most files or symbols of one episode. */
export const MAX_SUBJECTS = 10_000

/** The largest number that an integer column of both databases holds. */
const MAX_INTEGER = 2_147_483_647

/** Years have four digits on the wire. */
const MIN_TIME = Date.parse('0001-01-01T00:00:00Z')
const MAX_TIME = Date.parse('9999-12-31T23:59:59Z')

const KEYS = ['sessionId'] as const
const SUBJECTS = ['files', 'symbols'] as const
const SHARES = ['confidence', 'surprise'] as const
const COUNTS = ['durationMs', 'filesChanged', 'linesAdded', 'linesDeleted'] as const

/**
 * Refuses what would spoil the memory.
 *
 * @throws StorageError `invalid` that names the field and what would be right
 */
export const checkEpisode = (given: NewEpisode): void => {
  const problem = [
    contentProblem(given.content),
    timeProblem('occurredAt', given.occurredAt),
    ...KEYS.map((field) => keyProblem(field, given[field])),
    ...SUBJECTS.map((field) => subjectsProblem(field, given[field])),
    ...SHARES.map((field) => shareProblem(field, given[field])),
    ...COUNTS.map((field) => countProblem(field, given[field])),
  ].find((found) => found !== undefined)
  if (problem !== undefined) throw new StorageError('invalid', { detail: problem })
}

const contentProblem = (content: string): string | undefined => {
  if (content.replaceAll('\0', '').trim() === '') return 'content must not be empty'
  const isTooLong = Buffer.byteLength(content) > MAX_CONTENT_BYTES
  return isTooLong ? 'content must have at most 1 MiB (1048576 bytes) of UTF-8' : undefined
}

/** A time that can be stored and written, the nearest to the given one. */
export const clampTime = (time: number): Date =>
  new Date(Math.min(Math.max(time, MIN_TIME), MAX_TIME))

/** What is wrong with a time, in words. */
export const timeProblem = (field: string, time: Date | undefined): string | undefined =>
  time === undefined || (time.getTime() >= MIN_TIME && time.getTime() <= MAX_TIME)
    ? undefined
    : `${field} must be a time of the years 1 to 9999`

/** Whether a text may be part of an index. */
export const isKey = (text: string): boolean =>
  text.replaceAll('\0', '') !== '' && Buffer.byteLength(text) <= MAX_KEY_BYTES

/** What is wrong with a text that is part of an index, in words. */
export const keyProblem = (field: string, key: string | undefined): string | undefined =>
  key === undefined || isKey(key)
    ? undefined
    : `${field} must have from 1 to ${MAX_KEY_BYTES} bytes of UTF-8`

const subjectsProblem = (field: string, names: readonly string[] = []): string | undefined => {
  if (names.length > MAX_SUBJECTS) return `${field} must be at most ${MAX_SUBJECTS} names`
  const wrong = names.findIndex((each) => !isKey(each))
  return wrong < 0 ? undefined : keyProblem(`${field}[${wrong}]`, names[wrong])
}

const shareProblem = (field: string, share: number | undefined): string | undefined =>
  share === undefined || (share >= 0 && share <= 1) ? undefined : `${field} must be from 0 to 1`

const countProblem = (field: string, count: number | undefined): string | undefined =>
  count === undefined || (Number.isInteger(count) && count >= 0 && count <= MAX_INTEGER)
    ? undefined
    : `${field} must be a whole number from 0 to ${MAX_INTEGER}`
