import { z } from 'zod'

/**
 * A time: an ISO 8601 string with a zone on the wire (`2026-01-31T09:30:00Z`), a `Date` in the program.
 * Use it wherever an operation takes or gives a time; `z.date()` has no JSON schema. Times without
 * a zone are refused, as they mean another instant on every machine. Precise to the millisecond.
 */
export const isoDate = z.codec(z.iso.datetime({ offset: true }), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
})
