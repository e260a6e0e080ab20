import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { analyzeDocument } from '../src/analysis/pieces.ts'
import { inverseFrequency, SATURATION, saturate } from '../src/score/bm25.ts'
import { boundQuery, MAX_QUERY_STEMS } from '../src/score/bound-query.ts'
import { CANDIDATE_BUDGET, chooseStems } from '../src/score/choose-stems.ts'
import { dateFactor, findAskedSpans } from '../src/score/dates.ts'
import { fuse, similarityWeight, spread } from '../src/score/fusion.ts'
import { importanceFactor } from '../src/score/importance.ts'
import { matchPiece, numberQuery } from '../src/score/match-pieces.ts'
import { findNamedSpeakers } from '../src/score/named-speakers.ts'
import { borrowContext, CONTEXT_LENGTH, neighbourWeight } from '../src/score/neighbour-context.ts'
import { asksForLatest, recencyFactor } from '../src/score/recency.ts'
import { isRelevant } from '../src/score/relevance-floor.ts'
import { toTextQuery } from '../src/score/text-query.ts'
import { asksWhen, speaksOfTime } from '../src/score/time-words.ts'

const unit = fc.double({ min: 0, max: 1, noNaN: true })

describe('BM25', () => {
  it('gives more for more occurrences, and never more than the bound', () => {
    const count = fc.integer({ min: 1, max: 1000 })
    fc.assert(
      fc.property(count, fc.double({ min: 0, max: 50, noNaN: true }), (n, ratio) => {
        expect(saturate(n + 1, ratio)).toBeGreaterThan(saturate(n, ratio))
        expect(saturate(n, ratio)).toBeLessThan(SATURATION + 1)
        expect(saturate(n, ratio)).toBeGreaterThanOrEqual(saturate(n, ratio + 1))
      }),
    )
  })

  it('gives a rarer stem more weight, and every stem some', () => {
    const weight = (documents: number, frequency: number) =>
      inverseFrequency(
        { documents, averageLength: 10, frequencies: new Map([['a', frequency]]) },
        'a',
      )
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.nat(20_000), (documents, frequency) => {
        expect(weight(documents, frequency)).toBeGreaterThan(0)
        expect(weight(documents, frequency)).toBeGreaterThanOrEqual(
          weight(documents, frequency + 1),
        )
      }),
    )
  })

  it('counts stems and pairs of the query in each piece', () => {
    const query = toTextQuery(['red', 'car', 'blue'])
    const { stems, pieces } = analyzeDocument('red car, car red car')
    const numbered = numberQuery(query, (stem) => {
      const number = stems.indexOf(stem)
      return number < 0 ? undefined : number
    })
    expect(pieces.map((piece) => matchPiece(numbered, piece))).toEqual([
      { counts: [2, 3, 0], pairCounts: [2, 0], length: 5 },
    ])
  })
})

describe('neighbour context', () => {
  it('lends until the context is full, nearer turns first', () => {
    const own = { counts: [0], pairCounts: [], length: 10 }
    const near = { distance: -1, match: { counts: [1], pairCounts: [], length: 20 } }
    const far = { distance: 2, match: { counts: [1], pairCounts: [], length: 20 } }
    const { counts } = borrowContext(own, [near, far])
    expect(counts[0]).toBeCloseTo(neighbourWeight(-1) + neighbourWeight(2))
  })

  it('leaves a text alone that fills the context by itself', () => {
    const own = { counts: [1], pairCounts: [0], length: CONTEXT_LENGTH }
    const near = { distance: 1, match: { counts: [5], pairCounts: [], length: 3 } }
    expect(borrowContext(own, [near])).toEqual(own)
  })

  it('never takes away, and never outgrows the context', () => {
    const match = fc.record({
      counts: fc.array(fc.nat(5), { minLength: 2, maxLength: 2 }),
      pairCounts: fc.constant([]),
      length: fc.nat(200),
    })
    const neighbour = fc.record({ distance: fc.constantFrom(-1, 1, -2, 2, -3, 3), match })
    fc.assert(
      fc.property(match, fc.array(neighbour, { maxLength: 6 }), (own, neighbours) => {
        const enriched = borrowContext(own, neighbours)
        enriched.counts.forEach((count, at) =>
          expect(count).toBeGreaterThanOrEqual(own.counts[at] ?? 0),
        )
        expect(enriched.length).toBeLessThanOrEqual(Math.max(own.length, CONTEXT_LENGTH) + 1e-9)
      }),
    )
  })
})

describe('choosing stems', () => {
  it('takes the rarest and leaves the commonest out', () => {
    const stems = [
      { stem: 'common', frequency: CANDIDATE_BUDGET },
      { stem: 'rare', frequency: 3 },
      { stem: 'unknown', frequency: 0 },
    ]
    expect(chooseStems(stems, 1)).toEqual(['unknown', 'rare'])
    expect(chooseStems(stems, 0.5)).toEqual(['unknown', 'rare', 'common'])
  })

  it('takes one stem even where all are common', () => {
    expect(chooseStems([{ stem: 'common', frequency: 10 * CANDIDATE_BUDGET }], 1)).toEqual([
      'common',
    ])
  })

  it('keeps the rarest stems of a long question, and pairs among them', () => {
    const stems = Array.from({ length: 200 }, (_, index) => `w${index}`)
    const frequencies = new Map(stems.map((stem, index) => [stem, index]))
    const bound = boundQuery(toTextQuery(stems), frequencies)
    expect(bound.stems).toEqual(stems.slice(1, MAX_QUERY_STEMS + 1))
    expect(bound.pairs).toHaveLength(MAX_QUERY_STEMS - 1)
  })
})

describe('fusion', () => {
  it('normalises to 0 and 1 and keeps the order', () => {
    const values = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), {
      minLength: 2,
      maxLength: 30,
    })
    fc.assert(
      fc.property(values, (list) => {
        const spreaded = [...spread(new Map(list.entries())).values()]
        expect(Math.max(...spreaded)).toBe(1)
        const order = [...list.keys()].toSorted((a, b) => (list[a] ?? 0) - (list[b] ?? 0))
        const ordered = order.map((at) => spreaded[at] ?? 0)
        expect(ordered).toEqual(ordered.toSorted((a, b) => a - b))
      }),
    )
  })

  it('gives text alone where nothing was compared', () => {
    expect(fuse(0.4, 0.9, similarityWeight(undefined, 1))).toBe(0.4)
  })

  it('heeds spellings for words that no document holds, and never above 0.2', () => {
    expect(similarityWeight('lexical', 0)).toBe(0)
    fc.assert(fc.property(unit, (share) => similarityWeight('lexical', share) <= 0.2))
    expect(similarityWeight('semantic', 0)).toBe(0.7)
  })
})

describe('signals', () => {
  const now = new Date('2023-05-25T12:00:00Z')

  it('recognise speakers by any word of their name, and roles as no names', () => {
    const speakers = ['Caroline', 'Mary Ann', 'user', 'Bob']
    expect([...findNamedSpeakers('What did Caroline’s user tell Ann?', speakers)]).toEqual([
      'Caroline',
      'Mary Ann',
    ])
  })

  it('find a day by when it was said, and by what was said of it', () => {
    const asked = findAskedSpans('What happened on 7 May 2023?', now)
    const said = (content: string, day: string) =>
      dateFactor({ content, occurredAt: Date.parse(`${day}T10:00:00Z`) }, asked)
    expect(said('We talked.', '2023-05-07')).toBe(2)
    expect(said('I went there yesterday.', '2023-05-08')).toBe(2)
    expect(said('I went there yesterday.', '2023-05-20')).toBe(1)
  })

  it('resolve relative dates of a question against its own time', () => {
    const [span] = findAskedSpans('What did we decide yesterday?', now)
    expect(span).toEqual({ from: Date.UTC(2023, 4, 24), until: Date.UTC(2023, 4, 25) })
    const [month] = findAskedSpans('What happened in March 2022?', now)
    expect(month).toEqual({ from: Date.UTC(2022, 2, 1), until: Date.UTC(2022, 3, 1) })
  })

  it('find no date where none is named', () => {
    expect(findAskedSpans('What is the best way to cook rice?', now)).toEqual([])
  })

  it('tell questions for a time and texts that speak of one', () => {
    expect(asksWhen('When did she leave?')).toBe(true)
    expect(asksWhen('What does he do when it rains?')).toBe(false)
    expect(analyzeDocument('We met last week').stems.some(speaksOfTime)).toBe(true)
    expect(analyzeDocument('We met at home').stems.some(speaksOfTime)).toBe(false)
  })

  it('prefer the newest only where the latest is asked for', () => {
    expect(asksForLatest('What is my latest address?')).toBe(true)
    expect(asksForLatest('What is my address?')).toBe(false)
    const span = { from: 0, until: 100 }
    expect(recencyFactor(100, span)).toBeGreaterThan(recencyFactor(50, span))
    expect(recencyFactor(undefined, span)).toBe(1)
  })

  it('grow with importance, within bounds for any number', () => {
    fc.assert(
      fc.property(
        fc.double(),
        fc.double({ noNaN: true }),
        fc.double({ noNaN: true }),
        (a, b, c) => {
          expect(importanceFactor(a)).toBeGreaterThan(0.8)
          expect(importanceFactor(a)).toBeLessThan(1.2)
          const [less, more] = [Math.min(b, c), Math.max(b, c)]
          expect(importanceFactor(less)).toBeLessThanOrEqual(importanceFactor(more))
        },
      ),
    )
  })

  it('let pass what shares words or meaning with the question, and nothing else', () => {
    expect(isRelevant(0.2, undefined, undefined)).toBe(true)
    expect(isRelevant(0, 0.8, 'semantic')).toBe(true)
    expect(isRelevant(0, 0.1, 'semantic')).toBe(false)
    expect(isRelevant(0, 0.9, undefined)).toBe(false)
  })
})
