import { describe, expect, it } from 'vitest'
import type { PlacedAnswer } from '../src/retrieval/ask-all.ts'
import { checkHybrid } from '../src/retrieval/check-hybrid.ts'
import { floorCostAtMost } from '../src/retrieval/floor-cost.ts'
import { reportAnswers } from '../src/retrieval/report-answers.ts'

const answer = (given: Partial<PlacedAnswer> & { readonly found: boolean }): PlacedAnswer => ({
  arm: 'hybrid',
  place: 0,
  category: 'single-hop',
  ranked: given.found ? ['a', 'b'] : ['b'],
  relevant: new Set(['a']),
  ...given,
})

const answers = [
  answer({ found: true }),
  answer({ found: false, place: 1 }),
  answer({ found: false, place: 2 }),
  answer({ found: true, arm: 'text' }),
  answer({ found: true, arm: 'vector' }),
  answer({ found: false, arm: 'vector' }),
]

describe('the report', () => {
  it('is about the hybrid search, whatever else was asked', () => {
    const { overall, categories, arms } = reportAnswers(answers, { split: false })
    expect(overall['recall@10']).toBe(0.3333)
    expect(categories['single-hop']?.questions).toBe(3)
    expect(arms?.text.overall['recall@10']).toBe(1)
    expect(arms?.vector.overall['recall@10']).toBe(0.5)
  })

  it('tells conversations at even places from those at odd ones, where that is asked', () => {
    const { halves } = reportAnswers(answers, { split: true })
    expect(halves?.even.categories['single-hop']?.questions).toBe(2)
    expect(halves?.even.overall['recall@10']).toBe(0.5)
    expect(halves?.odd.overall['recall@10']).toBe(0)
    expect(reportAnswers(answers, { split: false })).not.toHaveProperty('halves')
  })

  it('speaks of parts only where they were asked', () => {
    expect(reportAnswers(answers.slice(0, 3), { split: false })).not.toHaveProperty('arms')
  })
})

describe('the check of the hybrid search', () => {
  const withRecall = (hybrid: number, text: number, vector: number) => {
    const report = reportAnswers(answers, { split: false })
    const of = (value: number) => ({
      ...report,
      overall: { ...report.overall, 'recall@10': value },
    })
    return { ...of(hybrid), arms: { text: of(text), vector: of(vector) } }
  }

  it('passes where it is hardly worse than its better part', () => {
    expect(() => checkHybrid(withRecall(0.7, 0.704, 0.2))).not.toThrow()
    expect(() => checkHybrid(reportAnswers([], { split: false }))).not.toThrow()
  })

  it('fails where a part alone is better', () => {
    expect(() => checkHybrid(withRecall(0.7, 0.1, 0.706))).toThrow(
      'hybrid recall@10 is 0.7, below vector alone (0.706) by more than 0.005',
    )
    expect(() => checkHybrid(withRecall(0.7, 0.8, 0.1))).toThrow(/below text alone/)
  })
})

describe('the cost of the relevance floor', () => {
  const ask = (ranked: string[], relevant: string[], category = 'single-hop') => ({
    category,
    ranked,
    relevant: new Set(relevant),
  })

  it('is at most what the empty places could have held', () => {
    const lost = ask(['a'], ['a', 'b'])
    const full = ask(['x', 'y', 'z'], ['a'])
    const crowded = ask(['x', 'y'], ['a', 'b', 'c', 'd'])
    expect(floorCostAtMost(3, [lost])).toBe(0.5)
    expect(floorCostAtMost(3, [full])).toBe(0)
    expect(floorCostAtMost(3, [crowded])).toBe(0.25)
    expect(floorCostAtMost(3, [lost, full, crowded])).toBe(0.25)
  })

  it('is that of the questions that count and have evidence', () => {
    expect(floorCostAtMost(10, [ask([], ['a'], 'adversarial'), ask([], [])])).toBe(0)
  })
})
