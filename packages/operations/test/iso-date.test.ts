import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isoDate } from '../src/index.ts'

const dates = fc.date({
  min: new Date('0000-01-01T00:00:00.000Z'),
  max: new Date('9999-12-31T23:59:59.999Z'),
  noInvalidDate: true,
})

describe('isoDate', () => {
  it('gives back every date it encodes', () => {
    fc.assert(
      fc.property(dates, (date) => {
        expect(isoDate.decode(isoDate.encode(date))).toEqual(date)
      }),
    )
  })

  it('reads the same instant in every zone', () => {
    const minutes = fc.integer({ min: -23 * 60 - 59, max: 23 * 60 + 59 })
    fc.assert(
      fc.property(dates, minutes, (date, offset) => {
        const local = new Date(date.getTime() + offset * 60_000)
        fc.pre(local.getUTCFullYear() >= 0 && local.getUTCFullYear() <= 9999)
        const clock = [Math.trunc(Math.abs(offset) / 60), Math.abs(offset) % 60]
        const zone = clock.map((part) => String(part).padStart(2, '0')).join(':')
        const text = local.toISOString().replace('Z', `${offset < 0 ? '-' : '+'}${zone}`)
        expect(isoDate.parse(text)).toEqual(date)
      }),
    )
  })

  it.each([
    '2026-01-31',
    '2026-01-31T12:00:00',
    '2026-02-30T12:00:00Z',
    'yesterday',
    '',
    1_769_860_800_000,
  ])('refuses %j', (text) => {
    expect(isoDate.safeParse(text).success).toBe(false)
  })

  it('refuses to encode what is no date', () => {
    expect(isoDate.safeEncode(new Date(Number.NaN)).success).toBe(false)
  })
})
