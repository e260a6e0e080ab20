import type { Json } from './json-fields.ts'

const TIME_FIELDS = [
  'timestamp',
  'time',
  'saidAt',
  'said_at',
  'createdAt',
  'created_at',
  'created',
  'ts',
  'date',
] as const

/** Smaller numbers are seconds since 1970, larger ones milliseconds: the border is in the year 5138. */
const FIRST_MILLISECONDS = 100_000_000_000
const YEAR_10000 = Date.UTC(10_000, 0, 1)

/** The time of a line: absent where it has none, `unreadable` where it is none from 1970 to 9999. */
export const readTime = (objects: readonly Json[]): Date | 'unreadable' | undefined => {
  for (const object of objects) {
    for (const field of TIME_FIELDS) {
      const value = object[field]
      if (value !== undefined && value !== null) return toTime(value) ?? 'unreadable'
    }
  }
  return undefined
}

const toTime = (value: unknown): Date | undefined => {
  const digits = typeof value === 'string' && /^\d+(\.\d+)?$/.test(value) ? Number(value) : value
  if (typeof digits === 'string') return validDate(new Date(digits))
  if (typeof digits !== 'number') return undefined
  return validDate(new Date(digits < FIRST_MILLISECONDS ? digits * 1000 : digits))
}

const validDate = (date: Date): Date | undefined =>
  date.getTime() >= 0 && date.getTime() < YEAR_10000 ? date : undefined
