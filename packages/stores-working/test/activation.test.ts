import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  activationAt,
  CONTENT_TYPES,
  decayRateOf,
  HALF_LIFE_HOURS,
  halfLifeOf,
} from '../src/items/activation.ts'
import { HOUR_MS } from './open-working.ts'

const start = new Date('2026-01-01T00:00:00Z')
const after = (hours: number) => new Date(start.getTime() + hours * HOUR_MS)
const share = fc.double({ min: 0, max: 1, noNaN: true })
const fading = fc.record({
  activation: share,
  importance: share,
  decayRate: fc.double({ min: 0.001, max: 10, noNaN: true }),
  lastAccessedAt: fc.constant(start),
})
const hours = fc.double({ min: -10, max: 10_000, noNaN: true })

describe('activation', () => {
  it.each(CONTENT_TYPES)('of a %s item halves after its half-life', (type) => {
    const item = {
      activation: 0.8,
      importance: 0,
      decayRate: decayRateOf(HALF_LIFE_HOURS[type]),
      lastAccessedAt: start,
    }
    expect(halfLifeOf(item)).toBeCloseTo(HALF_LIFE_HOURS[type])
    expect(activationAt(item, after(HALF_LIFE_HOURS[type]))).toBeCloseTo(0.4, 6)
    expect(activationAt(item, after(2 * HALF_LIFE_HOURS[type]))).toBeCloseTo(0.2, 6)
  })

  it('halves after the half-life of the item, whatever its importance', () => {
    fc.assert(
      fc.property(fading, (item) => {
        const halved = activationAt(item, after(halfLifeOf(item)))
        expect(halved).toBeCloseTo(item.activation / 2, 4)
      }),
    )
  })

  it('lives twice as long at the highest importance, and never shorter for being important', () => {
    const item = { importance: 0, decayRate: decayRateOf(6) }
    expect(halfLifeOf({ ...item, importance: 1 })).toBeCloseTo(2 * halfLifeOf(item))
    fc.assert(
      fc.property(fading, share, hours, (given, importance, at) => {
        const [less, more] = [given.importance, importance].toSorted((one, two) => one - two)
        const activationOf = (value = 0) => activationAt({ ...given, importance: value }, after(at))
        expect(activationOf(more)).toBeGreaterThanOrEqual(activationOf(less))
      }),
    )
  })

  it('is from 0 to 1, never rises by itself, and does not start before it was last used', () => {
    fc.assert(
      fc.property(fading, hours, fc.double({ min: 0, max: 100, noNaN: true }), (item, at, more) => {
        const now = activationAt(item, after(at))
        expect(now).toBeGreaterThanOrEqual(0)
        expect(now).toBeLessThanOrEqual(item.activation)
        expect(activationAt(item, after(at + more))).toBeLessThanOrEqual(now)
        expect(activationAt(item, after(-1))).toBe(item.activation)
      }),
    )
  })

  it('lasts for hours: an agent that comes back after lunch still has it', () => {
    for (const type of CONTENT_TYPES) {
      const decayRate = decayRateOf(HALF_LIFE_HOURS[type])
      const item = { activation: 1, importance: 0.5, decayRate, lastAccessedAt: start }
      expect(activationAt(item, after(1))).toBeGreaterThan(0.8)
    }
  })
})
