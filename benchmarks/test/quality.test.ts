import { describe, expect, it } from 'vitest'
import type { AnsweredQuestion } from '../src/retrieval/answered-question.ts'
import { reportQuality } from '../src/retrieval/quality.ts'

const answered = (category: string, ranked: string[], relevant: string[]): AnsweredQuestion => ({
  category,
  ranked,
  relevant: new Set(relevant),
})

describe('the report', () => {
  const report = reportQuality([
    answered('single-hop', ['a', 'b'], ['a']),
    answered('single-hop', ['b', 'a'], ['a']),
    answered('multi-hop', [], ['a', 'b']),
    answered('multi-hop', ['a'], []),
    answered('adversarial', ['a'], ['b']),
    answered('abstention', [], []),
    answered('abstention', ['a'], []),
  ])

  it('averages over the questions of the counted categories that have evidence', () => {
    expect(report.overall).toEqual({
      'recall@1': 0.3333,
      'recall@5': 0.6667,
      'recall@10': 0.6667,
      'recall@20': 0.6667,
      'ndcg@10': 0.5436,
      mrr: 0.5,
    })
  })

  it('reports every category, and apart those that are not about finding', () => {
    expect(report.categories['single-hop']).toMatchObject({
      questions: 2,
      counted: true,
      mrr: 0.75,
    })
    expect(report.categories['multi-hop']).toMatchObject({ questions: 2, unanswered: 1, mrr: 0 })
    expect(report.categories['adversarial']).toMatchObject({ counted: false, 'recall@20': 0 })
  })

  it('counts how many questions without an answer got none', () => {
    expect(report.categories['abstention']).toEqual({ questions: 2, counted: false, unanswered: 1 })
  })
})
