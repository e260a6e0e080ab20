import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { WorkingItem } from '../src/index.ts'
import { FEATURE_NAMES, featuresOf, toVector } from '../src/router/features.ts'
import { ROUTED_LAYERS } from '../src/router/layers.ts'
import { findMarkers } from '../src/router/markers.ts'
import { rankByRules } from '../src/router/rules.ts'

const at = new Date('2026-01-01T00:00:00Z')
const itemOf = (content: string): WorkingItem => ({
  id: 'i1',
  projectId: 'p1',
  content,
  contentType: 'verbal',
  component: 'phonological',
  activation: 0.5,
  importance: 0.7,
  decayRate: 0.1,
  lastAccessedAt: at,
  accessCount: 0,
  tags: [],
  createdAt: new Date(at.getTime() - 90_000),
  updatedAt: at,
})

describe('markers', () => {
  it.each([
    ['Yesterday the build broke', 'isTemporal'],
    ['It was merged on 2026-01-03', 'isTemporal'],
    ['We met two days ago', 'isTemporal'],
    ['Deploying the service needs a token', 'isAction'],
    ['Then she ran the migration', 'isAction'],
    ['Tomorrow we order tea', 'isFuture'],
    ["Don't forget the tests", 'isFuture'],
    ['TODO: rename it', 'isFuture'],
    ['Is it green?', 'isQuestion'],
    ['Find out why it fails', 'isQuestion'],
    ['The bug is in src/login.ts', 'namesFile'],
    ['See `README.md`.', 'namesFile'],
    ['Look into /etc/nginx', 'namesFile'],
  ] as const)('in "%s" say %s', (text, marker) => {
    expect(findMarkers(text)[marker]).toBe(true)
  })

  it.each([
    ['Google goodwill mustard agony', 'isFuture'],
    ['Google goodwill mustard agony', 'isTemporal'],
    ['An addendum about pushers', 'isQuestion'],
    ['Version 2.5 costs 3.50 or so', 'namesFile'],
    ['Tea or coffee, and/or milk', 'namesFile'],
    ['Somewhat nowhere anyhow', 'isQuestion'],
  ] as const)('are whole words: "%s" does not say %s', (text, marker) => {
    expect(findMarkers(text)[marker]).toBe(false)
  })

  it('are looked for in a megabyte of anything', () => {
    for (const piece of ['a/', 'a.', ' at 1', '-', 'to do ']) {
      expect(findMarkers(piece.repeat(1_048_576 / piece.length))).toBeDefined()
    }
  })
})

describe('features', () => {
  it('are eleven numbers of an item', () => {
    const features = featuresOf(itemOf('Why did src/login.ts fail yesterday?'), at)
    expect(FEATURE_NAMES).toHaveLength(11)
    expect(toVector(features)).toEqual([36, 1, 0, 0.5, 0.7, 90, 1, 0, 0, 1, 1])
  })

  it('are finite and not negative for every text and time', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.date({ min: new Date(0), max: new Date('2100-01-01T00:00:00Z'), noInvalidDate: true }),
        (content, time) => {
          for (const value of toVector(featuresOf(itemOf(content), time))) {
            expect(Number.isFinite(value) && value >= 0).toBe(true)
          }
        },
      ),
    )
  })
})

describe('rules', () => {
  it.each([
    ['Tea is green', 'semantic', 0.6],
    ['Yesterday the tea arrived', 'episodic', 0.67],
    ['Yesterday she deployed the shop', 'episodic', 0.67],
    ['Build it, then push the image', 'procedural', 0.63],
    ['Tomorrow the shop must order tea', 'prospective', 0.7],
  ] as const)('send "%s" to %s', (content, layer, score) => {
    expect(rankByRules(featuresOf(itemOf(content), at))[0]).toEqual({ layer, score })
  })

  it('rank every layer once, the best first, with a confidence from .6 to .7', () => {
    fc.assert(
      fc.property(fc.string(), (content) => {
        const ranking = rankByRules(featuresOf(itemOf(content), at))
        const layers = ranking.map(({ layer }) => layer)
        expect(layers.toSorted()).toEqual(ROUTED_LAYERS.toSorted())
        const scores = ranking.map(({ score }) => score)
        expect(scores).toEqual(scores.toSorted((one, other) => other - one))
        expect(scores[0]).toBeGreaterThanOrEqual(0.6)
        expect(scores[0]).toBeLessThanOrEqual(0.7)
      }),
    )
  })
})
