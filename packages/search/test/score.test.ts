import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { analyzeDocument, encodePieces } from '../src/analysis/pieces.ts'
import { createStemNumbers } from '../src/analysis/stem-numbers.ts'
import { createTextMemory } from '../src/analysis/text-memory.ts'
import { inverseFrequency, lengthNorm, SATURATION, saturate } from '../src/score/bm25.ts'
import { boundQuery, MAX_QUERY_PAIRS, MAX_QUERY_STEMS } from '../src/score/bound-query.ts'
import type { Candidate } from '../src/score/candidate.ts'
import { CANDIDATE_BUDGET, chooseStems } from '../src/score/choose-stems.ts'
import { dateFactor, findAskedSpans } from '../src/score/dates.ts'
import { fuse, similarityWeight, spread } from '../src/score/fusion.ts'
import { importanceFactor } from '../src/score/importance.ts'
import { createMatcher } from '../src/score/match-text.ts'
import { findNamedSpeakers } from '../src/score/named-speakers.ts'
import {
  borrowContext,
  CONTEXT_LENGTH,
  DISTANCES,
  neighbourWeight,
} from '../src/score/neighbour-context.ts'
import { asksForLatest, recencyFactor } from '../src/score/recency.ts'
import { isRelevant } from '../src/score/relevance-floor.ts'
import { NO_ROW } from '../src/score/rows.ts'
import { toTextQuery } from '../src/score/text-query.ts'
import { asksWhen, speaksOfTime } from '../src/score/time-words.ts'

const NOTHING_KNOWN: Omit<Candidate, 'start' | 'end' | 'length'> = {
  rowNumber: 1,
  speaker: undefined,
  role: undefined,
  group: undefined,
  position: undefined,
  importance: undefined,
  occurredAt: undefined,
  speaksOfTime: false,
  endsInQuestion: false,
}

/** A neighbour with its row. */
interface Lender {
  readonly distance: number
  readonly row: readonly [number, number]
}

const unit = fc.double({ min: 0, max: 1, noNaN: true })

describe('BM25', () => {
  it('gives more for more occurrences, and never more than the bound', () => {
    const count = fc.integer({ min: 1, max: 1000 })
    fc.assert(
      fc.property(count, fc.double({ min: 0, max: 50, noNaN: true }), (n, ratio) => {
        const norm = lengthNorm(ratio)
        expect(saturate(n + 1, norm)).toBeGreaterThan(saturate(n, norm))
        expect(saturate(n, norm)).toBeLessThan(SATURATION + 1)
        expect(saturate(n, norm)).toBeGreaterThanOrEqual(saturate(n, lengthNorm(ratio + 1)))
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
})

describe('matching', () => {
  const memory = createTextMemory()
  const stems = createStemNumbers()
  const candidate = (content: string): Candidate => {
    const text = analyzeDocument(content)
    const numbers = text.stems.map(stems.number)
    const length = text.pieces.flat().length
    const place = memory.add(numbers, encodePieces(text.pieces))
    return { ...NOTHING_KNOWN, ...place, length }
  }
  const match = (question: readonly string[], contents: readonly string[]): number[][][] => {
    const candidates = contents.map(candidate)
    const matcher = createMatcher(toTextQuery(question), { memory, find: stems.find })
    matcher.add(candidates)
    const { rows, starts } = matcher
    return candidates.map((_, at) => {
      const values = Array.from(rows.values.subarray(starts[at], starts[at + 1]))
      return Array.from({ length: values.length / rows.width }, (__, row) =>
        values.slice(row * rows.width, (row + 1) * rows.width),
      )
    })
  }

  it('counts stems and pairs of the query', () => {
    expect(match(['red', 'car', 'blue'], ['red car, car red car', 'green'])).toEqual([
      [[5, 2, 3, 0, 2, 0]],
      [[1, 0, 0, 0, 0, 0]],
    ])
  })

  it('counts in each piece of a long text that holds a stem, and in the whole', () => {
    const filler = (words: number) => ' green'.repeat(words)
    const long = `red car${filler(58)}${filler(60)} car${filler(59)}`
    const last = [180, 1, 2, 0]
    expect(match(['red', 'car'], [long])).toEqual([[[60, 1, 1, 1], [60, 0, 1, 0], last]])
    expect(match(['blue'], [long])).toEqual([
      [
        [60, 0],
        [180, 0],
      ],
    ])
  })

  it('keeps what it counted, however many texts there are', () => {
    const contents = Array.from({ length: 3000 }, (_, index) => (index % 2 ? 'a red car' : 'green'))
    expect(match(['red'], contents)).toEqual(
      contents.map((content) => (content === 'green' ? [[1, 0]] : [[2, 1]])),
    )
  })
})

describe('neighbour context', () => {
  /** Enriches the first of these rows, of a length and one stem, with others at their distances. */
  const borrow = (own: readonly [number, number], others: readonly Lender[]): number[] => {
    const rows = { stems: 1, width: 2, count: 1 + others.length }
    const values = Float64Array.from([...own, ...others.flatMap(({ row }) => row)])
    const neighbours = Int32Array.from(DISTANCES, (distance) => {
      const at = others.findIndex((other) => other.distance === distance)
      return at < 0 ? NO_ROW : (1 + at) * rows.width
    })
    const into = new Float64Array(rows.width)
    borrowContext({ ...rows, values }, { own: 0, neighbours, into })
    return [...into]
  }

  it('lends until the context is full, nearer turns first', () => {
    const near: Lender = { distance: -1, row: [20, 1] }
    const far: Lender = { distance: 2, row: [20, 1] }
    expect(borrow([10, 0], [near, far])[1]).toBeCloseTo(neighbourWeight(-1) + neighbourWeight(2))
  })

  it('leaves a text alone that fills the context by itself', () => {
    expect(borrow([CONTEXT_LENGTH, 1], [{ distance: 1, row: [3, 5] }])).toEqual([CONTEXT_LENGTH, 1])
  })

  it('never takes away, and never outgrows the context', () => {
    const row = fc.tuple(fc.nat(200), fc.nat(5))
    const lenders = fc.uniqueArray(
      fc.record({ distance: fc.constantFrom(-1, 1, -2, 2, -3, 3), row }),
      { selector: ({ distance }) => distance },
    )
    fc.assert(
      fc.property(row, lenders, (own, others) => {
        const [length = 0, count] = borrow(own, others)
        expect(count).toBeGreaterThanOrEqual(own[1])
        expect(length).toBeLessThanOrEqual(Math.max(own[0], CONTEXT_LENGTH) + 1e-9)
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

describe('a question that says few words in many orders', () => {
  it('keeps its first pairs', () => {
    const words = Array.from({ length: 20 }, (_, index) => `w${index}`)
    const query = toTextQuery(words.flatMap((first) => words.flatMap((second) => [first, second])))
    expect(query.pairs.length).toBeGreaterThan(MAX_QUERY_PAIRS)
    const bound = boundQuery(query, new Map())
    expect(bound).toEqual({ ...query, pairs: query.pairs.slice(0, MAX_QUERY_PAIRS) })
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
        const spreaded = [...spread(Float64Array.from(list))]
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
    expect(similarityWeight('semantic', 0)).toBe(0.5)
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
    expect(isRelevant(0.2, NaN, undefined)).toBe(true)
    expect(isRelevant(0, 0.8, 'semantic')).toBe(true)
    expect(isRelevant(0, 0.1, 'semantic')).toBe(false)
    expect(isRelevant(0, 0.9, undefined)).toBe(false)
  })
})
