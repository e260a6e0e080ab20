import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { segmentTexts } from '../src/surprise/segment-texts.ts'
import { measureSurprise, SURPRISE_WEIGHTS, surpriseOf } from '../src/surprise/surprise.ts'
import { createWordModel, VIEW_WEIGHTS } from '../src/surprise/word-model.ts'

const word = fc.constantFrom('tea', 'shop', 'kettle', 'shelf', 'constructor', '')
const text = fc.array(word, { maxLength: 12 })
const texts = fc.array(text, { maxLength: 30 })

describe('the model of words', () => {
  it('gives probabilities that sum to 1 over all words, seen and unseen', () => {
    fc.assert(
      fc.property(texts, (learned) => {
        const model = createWordModel()
        for (const each of learned) model.learn(each)
        const seen = [...new Set(learned.flat())]
        const total = [...seen, 'unseen'].reduce((sum, each) => sum + model.probability(each), 0)
        expect(total).toBeCloseTo(1)
      }),
    )
  })

  it('never gives less than its floor, and moves by nothing or more', () => {
    fc.assert(
      fc.property(texts, text, (learned, next) => {
        const model = createWordModel()
        for (const each of learned) model.learn(each)
        next.forEach((each, at) => {
          const probability = model.probability(each, next[at - 1])
          expect(probability).toBeGreaterThanOrEqual(model.floor())
          expect(probability).toBeLessThanOrEqual(1)
        })
        expect(model.shift(next)).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  it('is as before when what it learned is taken back', () => {
    fc.assert(
      fc.property(texts, text, text, (learned, extra, probe) => {
        const [plain, taught] = [createWordModel(), createWordModel()]
        for (const each of learned) {
          plain.learn(each)
          taught.learn(each)
        }
        taught.learn(extra)
        taught.unlearn(extra)
        expect(taught.texts).toBe(plain.texts)
        expect(surpriseOf(probe, taught)).toBe(surpriseOf(probe, plain))
      }),
    )
  })
})

describe('surprise', () => {
  it('is from 0 to 1 for every text after every other', () => {
    fc.assert(
      fc.property(texts, (sequence) => {
        for (const surprise of measureSurprise(sequence, { minTexts: 0, window: 4 })) {
          expect(surprise).toBeGreaterThanOrEqual(0)
          expect(surprise).toBeLessThanOrEqual(1)
        }
      }),
    )
  })

  it('is unknown until enough came before', () => {
    fc.assert(
      fc.property(texts, fc.nat({ max: 10 }), (sequence, minTexts) => {
        const known = measureSurprise(sequence, { minTexts }).map((each) => each !== undefined)
        expect(known).toEqual(sequence.map((_, at) => at >= minTexts))
      }),
    )
  })

  it('is higher for new words than for known ones, and falls with repetition', () => {
    const model = createWordModel()
    for (let at = 0; at < 5; at += 1) model.learn(['sold', 'green', 'tea'])
    const known = surpriseOf(['sold', 'green', 'tea'], model)
    const shuffled = surpriseOf(['tea', 'green', 'sold'], model)
    const fresh = surpriseOf(['lightning', 'struck', 'chimney'], model)
    expect(known).toBeLessThan(shuffled)
    expect(shuffled).toBeLessThan(fresh)
    model.learn(['lightning', 'struck', 'chimney'])
    expect(surpriseOf(['lightning', 'struck', 'chimney'], model)).toBeLessThan(fresh)
  })

  it('weighs what it says it weighs', () => {
    expect(SURPRISE_WEIGHTS.improbability + SURPRISE_WEIGHTS.shift).toBeCloseTo(1)
    expect(VIEW_WEIGHTS.unigram + VIEW_WEIGHTS.bigram).toBeCloseTo(1)
    const model = createWordModel()
    model.learn(['a', 'b'])
    // p(a) = (1 + .5) / (2 + .5 * 3); nothing rarer than .6 * (.5 / 3.5).
    const improbability = Math.log(1.5 / 3.5) / Math.log((0.6 * 0.5) / 3.5)
    const shift = 1 - Math.exp(-model.shift(['a']))
    expect(surpriseOf(['a'], model)).toBeCloseTo(0.6 * improbability + 0.4 * shift)
  })
})

describe('segments', () => {
  const parser = [
    ['open', 'parser', 'token', 'split'],
    ['parser', 'lose', 'last', 'token', 'line'],
    ['test', 'parser', 'token', 'end'],
    ['fix', 'parser', 'last', 'token', 'keep'],
    ['parser', 'test', 'pass', 'token'],
  ]
  const invoice = [
    ['customer', 'report', 'wrong', 'invoice', 'total'],
    ['look', 'invoice', 'tax', 'rate'],
    ['tax', 'rate', 'invoice', 'round', 'twice'],
    ['change', 'round', 'tax', 'invoice'],
    ['send', 'invoice', 'customer'],
  ]

  it('are cut where words turn to something else, not at every text of new wording', () => {
    const cuts = segmentTexts([...parser, ...invoice])
    expect(cuts.map(({ at }) => at)).toEqual([5])
    expect(segmentTexts([...parser, ...invoice, ...parser]).map(({ at }) => at)).toEqual([5, 10])
  })

  it('are not cut in a sequence of one topic', () => {
    expect(segmentTexts(Array.from({ length: 20 }, () => ['sold', 'green', 'tea']))).toEqual([])
    expect(segmentTexts([])).toEqual([])
  })

  it('are never shorter than asked for, and in order', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 5 }), (sequence, minSpacing) => {
        const options = { minSpacing, threshold: 0, maxCohesion: 1 }
        const places = segmentTexts(sequence, options).map(({ at }) => at)
        const ends = [0, ...places, ...(places.length > 0 ? [sequence.length] : [])]
        ends.slice(1).forEach((end, at) => {
          expect(end - (ends[at] ?? 0)).toBeGreaterThanOrEqual(minSpacing)
        })
      }),
    )
  })

  it('have surprise and confidence from 0 to 1', () => {
    fc.assert(
      fc.property(texts, (sequence) => {
        for (const { surprise, confidence } of segmentTexts(sequence, { threshold: 0 })) {
          expect(Math.min(surprise, confidence)).toBeGreaterThanOrEqual(0)
          expect(Math.max(surprise, confidence)).toBeLessThanOrEqual(1)
        }
      }),
    )
  })
})
