import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderRecall } from '../src/terminal/render-recall.ts'
import { findSimilarityWeight, splitScore } from '../src/terminal/split-score.ts'
import { prepareBundle } from './cli/bundle.ts'
import { plainTerminal, widest } from './cli/plain-terminal.ts'
import { makePlace, type Place } from './cli/run-athena.ts'

const share = fc.double({ min: 0, max: 1, noNaN: true })
const factor = fc.double({ min: 0.5, max: 2, noNaN: true })
const signals = fc.record({ text: share, similarity: share, role: factor, group: factor })

const scoreOf = (given: { text: number; similarity: number; role: number; group: number }) => ({
  mix: (weight: number) => {
    const relevance = (1 - weight) * given.text + weight * given.similarity
    return { hybridScore: relevance * given.role * given.group, signals: given }
  },
})

describe('a score that is taken apart', () => {
  it('gives relevance back, and the weight of similarity wherever that shows', () => {
    fc.assert(
      fc.property(fc.array(signals, { minLength: 1, maxLength: 5 }), share, (all, weight) => {
        const parts = all.map((each) => splitScore(scoreOf(each).mix(weight)))
        for (const { text, similarity, relevance } of parts) {
          expect(relevance).toBeCloseTo((1 - weight) * text + weight * similarity, 8)
        }
        const shows = parts.some(({ text, similarity }) => Math.abs(text - similarity) > 0.001)
        const found = findSimilarityWeight(parts)
        expect(found !== undefined).toBe(shows)
        expect(found ?? weight).toBeCloseTo(weight, 5)
      }),
    )
  })

  it('tells no weight where the scores were not made of text and similarity alone', () => {
    const made = [
      { hybridScore: 0.8, signals: { text: 1, similarity: 0 } },
      { hybridScore: 0.9, signals: { text: 0.5, similarity: 0.4 } },
    ]
    expect(findSimilarityWeight(made.map(splitScore))).toBeUndefined()
    expect(findSimilarityWeight([])).toBeUndefined()
  })

  it('tells no relevance behind a factor of 0', () => {
    const parts = splitScore({ hybridScore: 0, signals: { text: 1, similarity: 1, rule: 0 } })
    expect(parts).toMatchObject({ relevance: undefined, factors: [['rule', 0]] })
  })
})

const result = (id: string, more: object) => ({
  id,
  layer: 'semantic',
  kind: 'fact',
  content: 'x'.repeat(200),
  tags: [],
  signals: { text: 1, similarity: 1 },
  hybridScore: 1,
  ...more,
})

const explain = (results: readonly object[], width = 80): string => {
  const value = JSON.parse(JSON.stringify({ results, notices: [] }))
  return renderRecall(plainTerminal(width), value, { isExplained: true })
}

describe('an explained recall', () => {
  it('says so where the weight cannot be told', () => {
    expect(explain([result('a', {})])).toMatch(/cannot be told from these scores\.$/)
    expect(explain([result('a', {})])).toMatch(/^ +relevance +1 +score \/ factors$/m)
  })

  it('shows signals that it does not know, and nothing that drives a terminal', () => {
    const signal = { text: 1, similarity: 0, 'cosmic\u001b[31mrays': 1.25 }
    const text = explain([result('a', { signals: signal, hybridScore: 1.25 })])
    expect(text).toMatch(/^ +cosmic \[31mrays +×1\.25$/m)
  })

  it.each([40, 80, 120])('fits %i columns', (width) => {
    const names = ['speaker', 'role', 'asking', 'importance', 'date', 'when', 'latest', 'group']
    const factors = Object.fromEntries(names.map((name) => [name, 1.234]))
    const signal = { text: 0.123, similarity: 0.987, ...factors }
    const results = ['a', 'b'].map((groupId) => result(groupId, { groupId, signals: signal }))
    const text = explain(results, width)
    expect(widest(text)).toBeLessThanOrEqual(width)
  })

  it('explains nothing where nothing was found', () => {
    expect(explain([])).toBe('Nothing relevant is remembered.')
  })
})

describe('athena recall --explain', () => {
  let place: Place
  beforeAll(async () => {
    await prepareBundle()
    place = await makePlace()
    const say = (content: string, flags: string) =>
      place.json(['remember', content, ...flags.split(' ').filter(Boolean)])
    await say('I moved to Lisbon last March', '--speaker Ana --role user --group call --position 0')
    await say(
      'And how do you like Lisbon?',
      '--speaker Bo --role assistant --group call --position 1',
    )
    await say('Somebody moved to Porto', '')
  })
  afterAll(() => place.remove())

  const question = 'When did Ana move to Lisbonn?'

  it('shows each part of every score with its meaning', async () => {
    const { code, stdout, stderr } = await place.athena(['recall', question, '--explain'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const [first = '', ...others] = stdout.split(/\n\n/)
    expect(first).toMatch(/^\d+\.\d\d +I moved to Lisbon last March$/m)
    expect(first).toMatch(/^ +text +[\d.]+ +place \d by words$/m)
    expect(first).toMatch(/^ +similarity +[\d.]+ +cosine [\d.]+$/m)
    expect(first).toMatch(/^ +relevance +[\d.]+ +[\d.]+ × [\d.]+ \+ [\d.]+ × [\d.]+$/m)
    expect(first).toMatch(/^ +speaker +×[\d.]+ +speaker named in the question$/m)
    expect(first).toMatch(/^ +role +×[\d.]+ +said by the user$/m)
    expect(first).toMatch(/^ +when +×[\d.]+ +speaks of time$/m)
    expect(first).toMatch(/^ +group +×[\d.]+ +its session has the best$/m)
    expect(first).not.toMatch(/importance|latest/)
    const reply = others.find((each) => each.includes('And how'))
    expect(reply).toMatch(/^ +asking +×0\.8 +only asks$/m)
    expect(reply).toMatch(/^ +group +×[\d.]+ +same session as the best$/m)
    expect(stdout).toMatch(/stands alone, in no session/)
    expect(stdout).toMatch(/follows from these scores: 0\.\d+\.\n$/)
  })

  it('shows numbers that come to what they say, within rounding', async () => {
    const { stdout } = await place.athena(['recall', question, '--explain'])
    const products = [...stdout.matchAll(/^ +score +([\d.]+) +([\d. ×]+)$/gm)]
    expect(products).toHaveLength(3)
    for (const [, score, product = ''] of products) {
      const come = product.split(' × ').reduce((sofar, each) => sofar * Number(each), 1)
      expect(Math.abs(come / Number(score) - 1)).toBeLessThan(0.01)
    }
  })

  it('changes nothing of the JSON', async () => {
    const args = ['recall', question, '--json']
    expect(await place.athena([...args, '--explain'])).toEqual(await place.athena(args))
  })

  it('keeps within 80 columns and without colours where nobody watches', async () => {
    const { stdout } = await place.athena(['recall', question, '--explain'])
    expect(widest(stdout)).toBeLessThanOrEqual(80)
    expect(stdout).not.toContain('\u001b')
  })

  it('stands in the help', async () => {
    const { stdout } = await place.athena(['recall', '--help'])
    expect(stdout).toMatch(/--explain +show how every score is made/)
  })
})
