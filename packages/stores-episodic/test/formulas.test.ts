import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CAUSE_WEIGHTS, type CausalParts, scoreCause } from '../src/cause-strength.ts'
import { hashEpisode } from '../src/content-hash.ts'
import { EVENT_TYPES, OUTCOMES } from '../src/episode.ts'
import { cutPage, fromCursor, toCursor } from '@athena-memory/db-core/stores'
import { minute } from './open-episodic.ts'

const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'))
const parts: fc.Arbitrary<CausalParts> = fc.record({
  occurredAt: fc.integer({ min: -10_000, max: 10_000 }).map(minute),
  eventType: fc.constantFrom(...EVENT_TYPES),
  outcome: fc.option(fc.constantFrom(...OUTCOMES), { nil: undefined }),
  files: names,
  symbols: names,
  code: fc.option(fc.record({ testPassed: fc.boolean() }), { nil: undefined }),
})
const plain: CausalParts = {
  occurredAt: minute(0),
  eventType: 'action',
  outcome: undefined,
  files: [],
  symbols: [],
  code: undefined,
}

describe('scoreCause', () => {
  it('is from 0 to 1 for any two events', () => {
    fc.assert(
      fc.property(parts, parts, (cause, effect) => {
        for (const value of Object.values(scoreCause(cause, effect))) {
          expect(value).toBeGreaterThanOrEqual(0)
          expect(value).toBeLessThanOrEqual(1)
        }
      }),
    )
  })

  it('falls with the time between, and rises with what both are about', () => {
    fc.assert(
      fc.property(parts, parts, fc.integer({ min: 1, max: 1000 }), (cause, effect, minutes) => {
        const { strength } = scoreCause(cause, effect)
        const occurredAt = new Date(effect.occurredAt.getTime() + minutes * 60_000)
        expect(scoreCause(cause, { ...effect, occurredAt }).strength).toBeLessThanOrEqual(strength)
        const about = { files: ['x'], symbols: ['y'] }
        const same = scoreCause({ ...cause, ...about }, { ...effect, ...about })
        expect(same.strength).toBeGreaterThanOrEqual(strength)
      }),
    )
  })

  it('weighs overlap, repair and nearness as documented', () => {
    const { overlap, repair, proximity } = CAUSE_WEIGHTS
    expect(overlap + repair + proximity).toBeCloseTo(1)
    const error: CausalParts = { ...plain, eventType: 'error', files: ['a', 'b'] }
    const fix: CausalParts = {
      ...plain,
      eventType: 'commit',
      files: ['b', 'c', 'd'],
      occurredAt: minute(60),
    }
    expect(scoreCause(error, fix)).toEqual({
      overlap: 0.5,
      repair: 1,
      proximity: 0.5,
      strength: expect.closeTo(0.45 * 0.5 + 0.25 + 0.3 * 0.5),
    })
    const weights = { overlap: 0, repair: 0, proximity: 1 }
    expect(scoreCause(error, fix, { weights, halfLifeMinutes: 30 }).strength).toBeCloseTo(0.25)
  })

  it('takes failures for errors, and what changes or succeeds for fixes', () => {
    const repair = (cause: Partial<CausalParts>, effect: Partial<CausalParts>) =>
      scoreCause({ ...plain, ...cause }, { ...plain, ...effect }).repair
    expect(repair({ outcome: 'failure' }, { eventType: 'file_change' })).toBe(1)
    expect(repair({ code: { testPassed: false } }, { eventType: 'test_run' })).toBe(1)
    expect(repair({ eventType: 'bug_discovery' }, { eventType: 'commit' })).toBe(1)
    expect(repair({ outcome: 'failure' }, { eventType: 'test_run', outcome: 'failure' })).toBe(0)
    expect(repair({ outcome: 'failure' }, { eventType: 'conversation' })).toBe(0)
    expect(repair({ eventType: 'commit' }, { eventType: 'commit' })).toBe(0)
  })
})

describe('cursors', () => {
  it('come back as they went', () => {
    const place = fc.record({
      value: fc.double({ noNaN: true, noDefaultInfinity: true }),
      id: fc.string({ minLength: 1 }),
    })
    fc.assert(
      fc.property(place, ({ value, id }) => {
        const back = fromCursor(toCursor({ value, id }))
        expect(back.id).toBe(id)
        expect(back.value === value).toBe(true)
      }),
    )
  })

  it('are there only where more follows', () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.integer({ min: 1, max: 20 }), (rows, limit) => {
        const placeOf = (value: number) => ({ value, id: 'x' })
        const { page, nextCursor } = cutPage(rows.slice(0, limit + 1), limit, placeOf)
        expect(page).toEqual(rows.slice(0, limit))
        expect(nextCursor !== undefined).toBe(rows.length > limit)
      }),
    )
  })

  it('that nobody gave are refused', () => {
    for (const cursor of ['', ':', '1', '1:', 'x:1', ':a', ' 1:a']) {
      expect(() => fromCursor(cursor)).toThrow('cursor must be the nextCursor of a page before')
    }
  })
})

describe('hashEpisode', () => {
  const episode = fc.record({
    projectId: fc.constant('p'),
    content: fc.string(),
    occurredAt: fc.integer({ min: 0, max: 1e9 }).map(minute),
    sessionId: fc.option(fc.string(), { nil: undefined }),
    files: fc.array(fc.string()),
    symbols: fc.array(fc.string()),
    code: fc.record({ language: fc.string(), testName: fc.string() }),
  })

  it('does not know the order of names, nor what is thought of an event', () => {
    fc.assert(
      fc.property(episode, (given) => {
        const { language, testName } = given.code
        const other = {
          ...given,
          files: given.files.toReversed(),
          symbols: [...given.symbols, ...given.symbols],
          code: { testName, language, diff: undefined },
          confidence: 0.1,
          surprise: 0.2,
          learned: 'much',
          source: 'elsewhere',
        }
        expect(hashEpisode(other)).toBe(hashEpisode(given))
      }),
    )
  })

  it('differs where an event differs', () => {
    const given = { projectId: 'p', content: 'a', occurredAt: minute(0), files: ['a'] }
    const others = [
      given,
      { ...given, content: 'b' },
      { ...given, occurredAt: new Date(minute(0).getTime() + 1) },
      { ...given, files: [], symbols: ['a'] },
      { ...given, files: ['a', 'b'] },
      { ...given, files: ['a,b'] },
      { ...given, sessionId: 'a' },
      { ...given, outcome: 'success' as const },
      { ...given, eventType: 'error' as const },
      { ...given, code: { language: 'ts' } },
    ]
    expect(new Set(others.map(hashEpisode)).size).toBe(others.length)
  })
})
