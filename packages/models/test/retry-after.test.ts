import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseRetryAfter } from '../src/remote/retry-after.ts'

const now = Date.UTC(2026, 0, 1)

describe('the Retry-After header', () => {
  it('may be a number of seconds', () => {
    fc.assert(
      fc.property(fc.nat(), (seconds) => {
        expect(parseRetryAfter(` ${seconds} `, now)).toBe(seconds * 1000)
      }),
    )
  })

  it('may be a date, which is now when it has passed', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000, max: 1_000_000 }), (seconds) => {
        const header = new Date(now + seconds * 1000).toUTCString()
        expect(parseRetryAfter(header, now)).toBe(Math.max(0, seconds * 1000))
      }),
    )
  })

  it.each([null, '', 'soon', '-5x'])('says nothing when it is %o', (header) => {
    expect(parseRetryAfter(header, now)).toBeUndefined()
  })
})
