import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HEBBIAN, hebbianGain, strengthen } from '../src/hebbian.ts'
import { effectiveInhibition, INHIBITION } from '../src/inhibition.ts'
import { PRIMING_BANDS, PRIMING_MS, primingBoost } from '../src/priming.ts'
import { levelOf, SALIENCE_WEIGHTS, scoreSalience } from '../src/salience.ts'
import { passOn } from '../src/spread-activation.ts'
import { item, MINUTE_MS } from './open-attention.ts'

const share = fc.double({ min: 0, max: 1, noNaN: true })
const bounded = (value: number) => {
  expect(value).toBeGreaterThanOrEqual(0)
  expect(value).toBeLessThanOrEqual(1 + Number.EPSILON)
}

describe('hebbianGain', () => {
  it('is .1 · pre · post · (1 − .5 · gap / window) inside the window, and 0 beyond', () => {
    expect(hebbianGain({ pre: 1, post: 1, gapMs: 0 })).toBeCloseTo(0.1, 12)
    expect(hebbianGain({ pre: 0.8, post: 0.5, gapMs: 30_000 })).toBeCloseTo(0.03, 12)
    expect(hebbianGain({ pre: 1, post: 1, gapMs: -60_000 })).toBeCloseTo(0.05, 12)
    expect(hebbianGain({ pre: 1, post: 1, gapMs: 60_001 })).toBe(0)
    expect(hebbianGain({ pre: 1, post: 1, gapMs: 0 }, { windowMs: 0, rate: 1 })).toBe(1)
  })

  it('is bounded, symmetric, and falls with the gap', () => {
    fc.assert(
      fc.property(fc.tuple(share, share), fc.nat(120_000), fc.nat(120_000), ([pre, post], a, b) => {
        const gain = hebbianGain({ pre, post, gapMs: a })
        expect(gain).toBeLessThanOrEqual(HEBBIAN.rate)
        expect(gain).toBe(hebbianGain({ pre, post, gapMs: -a }))
        const later = hebbianGain({ pre, post, gapMs: a + b })
        expect(later).toBeLessThanOrEqual(gain)
      }),
    )
  })

  it('gathers into one gain, in any order, that does the same as one after the other', () => {
    fc.assert(
      fc.property(share, fc.array(share, { maxLength: 20 }), (strength, gains) => {
        const oneByOne = gains.reduce(strengthen, strength)
        const together = strengthen(strength, gains.toReversed().reduce(strengthen, 0))
        expect(together).toBeCloseTo(oneByOne, 9)
        bounded(together)
        expect(together).toBeGreaterThanOrEqual(strength - 1e-12)
      }),
    )
  })
})

describe('passOn', () => {
  const [a, b, c, d] = [item('a'), item('b'), item('c'), item('d')]

  it('gives activation · strength · .7, adds up what meets, and drops what is too little', () => {
    const sources = [
      { ...a, activation: 1 },
      { ...b, activation: 0.5 },
    ]
    const received = passOn(sources, [
      { from: a, to: c, strength: 0.6 },
      { from: b, to: c, strength: 1 },
      { from: b, to: d, strength: 0.28 },
    ])
    expect([...received.keys()]).toEqual(['semantic:c'])
    expect(received.get('semantic:c')).toEqual({
      item: c,
      activation: expect.closeTo(0.42 + 0.35, 12),
      via: a,
    })
  })

  it('counts several associations of the same two items once, as strong as the strongest', () => {
    const ways = [0.2, 0.9, 0.5].map((strength) => ({ from: a, to: b, strength }))
    const received = passOn([{ ...a, activation: 1 }], ways)
    expect(received.get('semantic:b')?.activation).toBeCloseTo(0.63, 12)
  })

  it('never gives more than 1, and never more than there is when one gives', () => {
    const ways = fc.array(
      fc.record({
        from: fc.constantFrom(a, b, c),
        to: fc.constantFrom(b, c, d),
        strength: share,
      }),
    )
    fc.assert(
      fc.property(ways, fc.tuple(share, share, share), (drawn, [activation, decay, threshold]) => {
        const sources = [a, b, c].map((each) => ({ ...each, activation }))
        for (const receipt of passOn(sources, drawn, { decay, threshold }).values()) {
          bounded(receipt.activation)
        }
        for (const receipt of passOn(sources.slice(0, 1), drawn, { decay, threshold }).values()) {
          expect(receipt.activation).toBeLessThanOrEqual(activation * decay)
          expect(receipt.activation).toBeGreaterThanOrEqual(threshold)
        }
      }),
    )
  })
})

describe('effectiveInhibition', () => {
  const now = new Date('2026-01-01T12:00:00Z')
  const ago = (ms: number) => new Date(now.getTime() - ms)

  it('halves in half an hour and adds up to at most 1', () => {
    const half = { strength: 0.8, inhibitedAt: ago(INHIBITION.halfLifeMs) }
    expect(effectiveInhibition([half], now)).toBeCloseTo(0.4, 12)
    expect(effectiveInhibition([half, { strength: 0.2, inhibitedAt: now }], now)).toBeCloseTo(0.6)
    expect(effectiveInhibition([half, half, half], now)).toBe(1)
    expect(effectiveInhibition([], now)).toBe(0)
  })

  it('is bounded, and falls with time', () => {
    const inhibitions = fc.array(
      fc.record({ strength: share, inhibitedAt: fc.integer({ min: -1e6, max: 1e9 }).map(ago) }),
    )
    fc.assert(
      fc.property(inhibitions, fc.nat(1e9), (drawn, ms) => {
        const value = effectiveInhibition(drawn, now)
        bounded(value)
        const later = new Date(now.getTime() + ms)
        expect(effectiveInhibition(drawn, later)).toBeLessThanOrEqual(value)
      }),
    )
  })
})

describe('primingBoost', () => {
  it('is 2 for five minutes, 1.5 until thirty, 1.2 until sixty, and then 1', () => {
    const at = (minutes: number) => primingBoost(minutes * MINUTE_MS)
    expect([0, 4.99, 5, 29.99, 30, 59.99, 60].map(at)).toEqual([2, 2, 1.5, 1.5, 1.2, 1.2, 1])
  })

  it('lasts as long as the last of its bands', () => {
    expect(PRIMING_BANDS.at(-1)?.untilMs).toBe(PRIMING_MS)
  })

  it('is from 1 to 2, falls with time and rises with activation', () => {
    const ages = fc.integer({ min: -1e6, max: 1e7 })
    fc.assert(
      fc.property(ages, fc.nat(1e7), share, (age, more, activation) => {
        const boost = primingBoost(age, activation)
        expect(boost).toBeGreaterThanOrEqual(1)
        expect(boost).toBeLessThanOrEqual(primingBoost(age))
        expect(primingBoost(age + more, activation)).toBeLessThanOrEqual(boost)
      }),
    )
  })
})

describe('scoreSalience', () => {
  it('is .4 novelty + .3 surprise + .3 contradiction', () => {
    const score = scoreSalience({ novelty: 0.5, surprise: 1, contradiction: 0.2 })
    expect(score).toBeCloseTo(0.2 + 0.3 + 0.06, 12)
    const { novelty, surprise, contradiction } = SALIENCE_WEIGHTS
    expect(novelty + surprise + contradiction).toBeCloseTo(1)
  })

  it('makes nothing of what nobody knows', () => {
    expect(scoreSalience({})).toBeUndefined()
    expect(scoreSalience({ surprise: 0.4 })).toBeCloseTo(0.4)
    expect(scoreSalience({ novelty: 1, surprise: 0 })).toBeCloseTo(0.4 / 0.7)
  })

  it('is bounded by its parts', () => {
    const part = fc.option(share, { nil: undefined })
    fc.assert(
      fc.property(fc.record({ novelty: part, surprise: part, contradiction: part }), (parts) => {
        const score = scoreSalience(parts)
        const known = Object.values(parts).filter((value) => value !== undefined)
        expect(score === undefined).toBe(known.length === 0)
        if (score === undefined) return
        expect(score).toBeGreaterThanOrEqual(Math.min(...known) - 1e-12)
        expect(score).toBeLessThanOrEqual(Math.max(...known) + 1e-12)
      }),
    )
  })

  it.each([
    [1, 'primary'],
    [0.7, 'primary'],
    [0.69, 'secondary'],
    [0.4, 'secondary'],
    [0.39, 'background'],
  ])('deserves at %f the level %s', (score, level) => {
    expect(levelOf(score)).toBe(level)
  })
})
