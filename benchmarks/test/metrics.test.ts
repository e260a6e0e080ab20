import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mean } from '../src/metrics/mean.ts'
import { ndcgAt } from '../src/metrics/ndcg-at.ts'
import { percentile } from '../src/metrics/percentile.ts'
import { recallAt } from '../src/metrics/recall-at.ts'
import { reciprocalRank } from '../src/metrics/reciprocal-rank.ts'

const ranking = fc.uniqueArray(fc.nat(30), { maxLength: 20 })
const relevant = fc
  .uniqueArray(fc.nat(30), { minLength: 1, maxLength: 8 })
  .map((ids) => new Set(ids))
const depth = fc.integer({ min: 1, max: 20 })

describe('recall', () => {
  it('is the share of what is relevant, not of what is found', () => {
    expect(recallAt(2, ['a', 'b', 'c'], new Set(['a', 'c', 'd', 'e']))).toBe(0.25)
    expect(recallAt(3, ['a', 'b', 'c'], new Set(['a', 'c', 'd', 'e']))).toBe(0.5)
  })

  it('never falls with depth and is whole when all that is relevant is found', () => {
    fc.assert(
      fc.property(ranking, relevant, depth, (ranked, wanted, at) => {
        expect(recallAt(at + 1, ranked, wanted)).toBeGreaterThanOrEqual(
          recallAt(at, ranked, wanted),
        )
        expect(recallAt(wanted.size, [...wanted], wanted)).toBe(1)
      }),
    )
  })

  it('is refused where nothing is relevant', () => {
    expect(() => recallAt(10, ['a'], new Set())).toThrow(RangeError)
  })
})

describe('nDCG', () => {
  it('discounts a hit by the logarithm of its place', () => {
    expect(ndcgAt(10, ['x', 'a'], new Set(['a']))).toBeCloseTo(1 / Math.log2(3), 12)
    const [first, second, third] = [1, 1 / Math.log2(3), 1 / 2]
    const found = ndcgAt(10, ['a', 'x', 'b'], new Set(['a', 'b']))
    expect(found).toBeCloseTo((first + third) / (first + second), 12)
  })

  it('is measured against the best that fits into the depth', () => {
    expect(ndcgAt(2, ['a', 'b'], new Set(['a', 'b', 'c']))).toBe(1)
  })

  it('lies between 0 and 1, and is 1 exactly when all that can be relevant comes first', () => {
    fc.assert(
      fc.property(ranking, relevant, depth, (ranked, wanted, at) => {
        const value = ndcgAt(at, ranked, wanted)
        const ideal = Math.min(at, wanted.size)
        const isIdeal =
          ranked.length >= ideal && ranked.slice(0, ideal).every((item) => wanted.has(item))
        expect(value).toBeGreaterThanOrEqual(0)
        expect(value).toBeLessThanOrEqual(1 + 1e-12)
        expect(Math.abs(value - 1) < 1e-12).toBe(isIdeal)
      }),
    )
  })

  it('rises when a relevant result moves up', () => {
    fc.assert(
      fc.property(ranking, relevant, fc.nat(18), (ranked, wanted, at) => {
        const [upper, lower] = [ranked[at], ranked[at + 1]]
        fc.pre(upper !== undefined && lower !== undefined)
        fc.pre(!wanted.has(upper) && wanted.has(lower))
        const better = ranked.with(at, lower).with(at + 1, upper)
        expect(ndcgAt(20, better, wanted)).toBeGreaterThan(ndcgAt(20, ranked, wanted))
      }),
    )
  })
})

describe('reciprocal rank', () => {
  it('looks at the first relevant result only', () => {
    expect(reciprocalRank(['x', 'a', 'b'], new Set(['a', 'b']))).toBe(0.5)
    expect(reciprocalRank(['x'], new Set(['a']))).toBe(0)
  })
})

describe('percentile', () => {
  it('is the value of the nearest rank, in whatever order values come', () => {
    const values = [40, 15, 50, 20, 35]
    expect([5, 30, 40, 50, 100].map((percent) => percentile(values, percent))).toEqual([
      15, 20, 20, 35, 50,
    ])
  })

  it('is one of the values, and that share of them does not exceed it', () => {
    const values = fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 50 })
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 100 }), (sample, percent) => {
        const value = percentile(sample, percent)
        const below = sample.filter((other) => other <= value).length
        expect(sample).toContain(value)
        expect(below).toBeGreaterThanOrEqual((percent / 100) * sample.length)
      }),
    )
  })

  it('is refused without values', () => {
    expect(() => percentile([], 50)).toThrow(RangeError)
  })
})

it('the mean of nothing is 0', () => {
  expect(mean([])).toBe(0)
  expect(mean([1, 2, 6])).toBe(3)
})
