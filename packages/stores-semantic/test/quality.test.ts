import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scoreQuality } from '../src/quality.ts'

const share = fc.double({ min: 0, max: 1, noNaN: true })
const memories = fc.record({ usefulness: share, confidence: share, accessCount: fc.nat() })

describe('scoreQuality', () => {
  it('is .5 usefulness + .3 confidence + .2 min(accesses / 100, 1), from 0 to 1', () => {
    fc.assert(
      fc.property(memories, (memory) => {
        const { score, parts } = scoreQuality(memory)
        const access = Math.min(memory.accessCount / 100, 1)
        expect(parts).toEqual({ ...memory, accessCount: undefined, access })
        expect(score).toBeCloseTo(0.5 * memory.usefulness + 0.3 * memory.confidence + 0.2 * access)
        expect(score).toBeLessThanOrEqual(1 + Number.EPSILON)
      }),
    )
  })

  it.each([
    [1, 'excellent'],
    [0.8, 'excellent'],
    [0.79, 'good'],
    [0.6, 'good'],
    [0.59, 'fair'],
    [0.4, 'fair'],
    [0.39, 'poor'],
    [0, 'poor'],
  ])('calls a score of %f %s', (each, tier) => {
    const memory = { usefulness: each, confidence: each, accessCount: each * 100 }
    expect(scoreQuality(memory).tier).toBe(tier)
  })
})
