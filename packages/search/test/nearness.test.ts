import { createHashingEmbedder, defineEmbeddingSpace, type Embedder } from '@athena-memory/models'
import { describeEachBackend } from '@athena-memory/testing'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Candidate, Group } from '../src/score/candidate.ts'
import { multiplyWeight } from '../src/score/fusion.ts'
import { measureNearness } from '../src/score/nearness.ts'
import { findNeighbours } from '../src/score/neighbours.ts'
import { addProjects, openFilledIndex } from './filled-index.ts'

const GROUP: Group = { layer: 'semantic', id: 'talk', number: 1 }

/** A short text of a talk. */
const turn = (rowNumber: number, position: number): Candidate => ({
  rowNumber,
  speaker: undefined,
  role: undefined,
  group: GROUP,
  position,
  importance: undefined,
  occurredAt: undefined,
  start: 0,
  end: 0,
  length: 10,
  speaksOfTime: false,
  endsInQuestion: false,
})

/** Nearness of texts, by these similarities, that share words with a question and are no neighbours. */
const nearnessOf = (values: readonly number[], positionOf = (at: number) => 10 * at) => {
  const candidates = values.map((_, at) => turn(at, positionOf(at)))
  return measureNearness({
    kind: 'semantic',
    similarityWeight: 0.5,
    candidates,
    neighbours: findNeighbours(candidates),
    textScores: new Float64Array(values.length).fill(1),
    similarities: Float64Array.from(values),
  })
}

/** Similarities of texts that have nothing to do with a question: their deviation is 0.1. */
const usual = Array.from({ length: 100 }, (_, at) => (at % 2 ? 0.3 : 0.1))

describe('nearness by meaning', () => {
  it('counts for more the clearer the nearest text stands out', () => {
    const weights = [0.3, 0.5, 0.7, 0.9].map((nearest) => nearnessOf([nearest, ...usual]).weight)
    expect(weights).toEqual(weights.toSorted((a, b) => a - b))
    expect(weights[0]).toBeLessThan(0.1)
    expect(weights[3]).toBeGreaterThan(0.6)
  })

  it('is 1 for the nearest, and 0 for what is no nearer than usual or was not compared', () => {
    const { values } = nearnessOf([0.8, 0.5, NaN, ...usual])
    expect(values[0]).toBe(1)
    expect(values[1]).toBeLessThan(0.5)
    expect(values.subarray(2, 4)).toEqual(Float64Array.of(0, 0))
  })

  it('does not depend on how near to each other a model puts all texts', () => {
    const values = fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 10, maxLength: 40 })
    const scale = fc.integer({ min: 1, max: 10 })
    fc.assert(
      fc.property(values, scale, fc.integer({ min: -50, max: 50 }), (list, times, more) => {
        const [one, other] = [
          nearnessOf(list.map((value) => value / 100)),
          nearnessOf(list.map((value) => (value * times + more) / 100)),
        ]
        expect(other.weight).toBeCloseTo(one.weight)
        for (const [at, value] of one.values.entries()) expect(other.values[at]).toBeCloseTo(value)
      }),
    )
  })

  it('is lent by neighbours', () => {
    const similarities = [0.6, 0.7, 0.7, 0.6, ...usual]
    // Texts 0, 1 and 2 stand side by side, 3 alone.
    const { values } = nearnessOf(similarities, (at) => (at < 3 ? at : 10 * at))
    expect(values[0]).toBeGreaterThan(values[3] ?? NaN)
  })

  it('and its weight are shares, whatever the similarities', () => {
    const similarities = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { maxLength: 30 })
    fc.assert(
      fc.property(similarities, (list) => {
        const { weight, values } = nearnessOf(list, (at) => at)
        for (const share of [weight, ...values]) {
          expect(share).toBeGreaterThanOrEqual(0)
          expect(share).toBeLessThanOrEqual(1)
        }
      }),
    )
  })

  it('is spread evenly among too few texts to tell what is usual', () => {
    const { values, weight } = nearnessOf([0.2, 0.6, 0.4])
    expect(values.subarray(0, 2)).toEqual(Float64Array.of(0, 1))
    expect(values[2]).toBeCloseTo(0.5)
    expect(weight).toBe(0.5)
  })
})

describe('a weight', () => {
  it('stays one however often it counts', () => {
    const weight = fc.double({ min: 0, max: 0.99, noNaN: true })
    const times = fc.double({ min: 0, max: 1000, noNaN: true })
    fc.assert(
      fc.property(weight, times, (share, count) => {
        expect(multiplyWeight(share, count)).toBeGreaterThanOrEqual(0)
        expect(multiplyWeight(share, count)).toBeLessThanOrEqual(1)
        expect(multiplyWeight(share, 1)).toBeCloseTo(share)
      }),
    )
    expect(multiplyWeight(0.5, 4)).toBe(0.8)
  })
})

/** An embedder that claims to know meanings, and knows none: to it all texts are much alike. */
const clueless: Embedder = {
  ...createHashingEmbedder(),
  space: defineEmbeddingSpace({
    model: 'clueless',
    revision: '1',
    dimensions: 64,
    documentPrefix: '',
    queryPrefix: '',
    normalisation: 'none',
    kind: 'semantic',
  }),
  embed: async (texts) => texts.map(scatter),
}

/** A direction that a text's letters lead to, and its meaning does not. */
const scatter = (text: string): Float32Array => {
  let state = 7
  for (const char of text) state = Math.imul(state, 31) + (char.codePointAt(0) ?? 0)
  return Float32Array.from({ length: 64 }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
    return 1 + state / 2 ** 31
  })
}

describeEachBackend('vectors of a weak model', (database) => {
  beforeEach(() => addProjects(database(), 'here'))

  it('do not displace what text finds', async () => {
    const index = openFilledIndex(database(), { embedder: clueless })
    const animals = Array.from({ length: 40 }, (_, at) => `animal number ${at} of the zoo`)
    await index.add(...animals, 'the whale of the zoo sings', 'a whale is no fish')
    for (const question of ['a whale', 'which whale sings?', 'whale songs', 'the fish and a whale'])
      expect((await index.find(question)).slice(0, 2).toSorted()).toEqual([
        'a whale is no fish',
        'the whale of the zoo sings',
      ])
  })
})
