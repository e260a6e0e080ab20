import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MEMORY_TYPES } from '../src/memory.ts'
import {
  RECENCY_DAYS,
  scoreUsefulness,
  TYPE_PRIORITIES,
  USEFULNESS_WEIGHTS,
} from '../src/usefulness.ts'
import { DAY_MS } from './open-semantic.ts'

const now = new Date('2026-06-01T00:00:00Z')
const past = fc
  .integer({ min: -1, max: 4000 })
  .map((days) => new Date(now.getTime() - days * DAY_MS))
const parts = fc.record({
  accessCount: fc.nat({ max: 1_000_000 }),
  createdAt: past,
  lastAccessedAt: fc.option(past, { nil: undefined }),
  memoryType: fc.constantFrom(...MEMORY_TYPES),
})

describe('scoreUsefulness', () => {
  it('is from 0 to 1 for every memory, also one of the future', () => {
    fc.assert(
      fc.property(parts, (memory) => {
        const score = scoreUsefulness(memory, now)
        expect(score).toBeGreaterThanOrEqual(0)
        expect(score).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('is defined for a memory created this instant', () => {
    const memory = { accessCount: 0, createdAt: now, lastAccessedAt: undefined }
    expect(scoreUsefulness({ ...memory, memoryType: 'decision' }, now)).toBeCloseTo(0.45)
    expect(scoreUsefulness({ ...memory, memoryType: 'context' }, now)).toBeCloseTo(0.3)
  })

  it('rises with every access and falls with time', () => {
    fc.assert(
      fc.property(parts, fc.integer({ min: 1, max: 100 }), (memory, more) => {
        const score = scoreUsefulness(memory, now)
        const accessed = { ...memory, accessCount: memory.accessCount + more }
        expect(scoreUsefulness(accessed, now)).toBeGreaterThanOrEqual(score)
        const later = new Date(now.getTime() + more * DAY_MS)
        expect(scoreUsefulness(memory, later)).toBeLessThanOrEqual(score)
      }),
    )
  })

  it('weighs accesses a day, recency and type as documented', () => {
    const memory = {
      accessCount: 5,
      createdAt: new Date(now.getTime() - 10 * DAY_MS),
      lastAccessedAt: new Date(now.getTime() - (RECENCY_DAYS / 2) * DAY_MS),
      memoryType: 'fact',
    } as const
    expect(scoreUsefulness(memory, now)).toBeCloseTo(0.4 * 0.5 + 0.3 * 0.5 + 0.3 * 0.7)
  })

  it('has weights that sum to 1 and priorities up to 1', () => {
    const { access, recency, type } = USEFULNESS_WEIGHTS
    expect(access + recency + type).toBeCloseTo(1)
    expect(Math.max(...Object.values(TYPE_PRIORITIES))).toBe(1)
  })
})
