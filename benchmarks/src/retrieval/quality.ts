import { mean } from '../metrics/mean.ts'
import { ndcgAt } from '../metrics/ndcg-at.ts'
import { recallAt } from '../metrics/recall-at.ts'
import { reciprocalRank } from '../metrics/reciprocal-rank.ts'
import type { AnsweredQuestion } from './answered-question.ts'

/** How good rankings are: means over questions, each from 0 to 1. */
export interface Quality {
  readonly 'recall@1': number
  readonly 'recall@5': number
  readonly 'recall@10': number
  readonly 'recall@20': number
  readonly 'ndcg@10': number
  readonly mrr: number
}

/** The quality of the answers to a category of questions. */
export interface CategoryQuality extends Partial<Quality> {
  readonly questions: number
  /** Whether the category is part of the overall figures. */
  readonly counted: boolean
  /** Questions that nothing was answered to. */
  readonly unanswered: number
}

/** The quality of all answers. */
export interface QualityReport {
  readonly overall: Quality
  readonly categories: Readonly<Record<string, CategoryQuality>>
}

/**
 * Categories that say little about finding evidence: LoCoMo's `adversarial` questions name the wrong
 * speaker on purpose, and these of BEAM ask for refusals, orders, styles or summaries.
 */
const REPORTED_APART: ReadonlySet<string> = new Set([
  'adversarial',
  'abstention',
  'event_ordering',
  'instruction_following',
  'preference_following',
  'summarization',
])

/** Whether a category is part of the overall figures. */
export const isCounted = (category: string): boolean => !REPORTED_APART.has(category)

/** Averages answers over questions, not over categories. Questions without evidence have no quality. */
export const reportQuality = (answered: readonly AnsweredQuestion[]): QualityReport => {
  const names = [...new Set(answered.map(({ category }) => category))].toSorted()
  const inCategory = (name: string) => answered.filter(({ category }) => category === name)
  return {
    overall: averageQuality(answered.filter(({ category }) => isCounted(category))),
    categories: Object.fromEntries(names.map((name) => [name, describe(name, inCategory(name))])),
  }
}

const describe = (name: string, answered: readonly AnsweredQuestion[]): CategoryQuality => ({
  questions: answered.length,
  counted: isCounted(name),
  unanswered: answered.filter(({ ranked }) => ranked.length === 0).length,
  ...(answered.some(hasEvidence) ? averageQuality(answered) : {}),
})

const averageQuality = (answered: readonly AnsweredQuestion[]): Quality => {
  const measured = answered.filter(hasEvidence)
  const average = (measure: (question: AnsweredQuestion) => number) =>
    Number(mean(measured.map(measure)).toFixed(4))
  const recall = (depth: number) =>
    average(({ ranked, relevant }) => recallAt(depth, ranked, relevant))
  return {
    'recall@1': recall(1),
    'recall@5': recall(5),
    'recall@10': recall(10),
    'recall@20': recall(20),
    'ndcg@10': average(({ ranked, relevant }) => ndcgAt(10, ranked, relevant)),
    mrr: average(({ ranked, relevant }) => reciprocalRank(ranked, relevant)),
  }
}

const hasEvidence = ({ relevant }: AnsweredQuestion): boolean => relevant.size > 0
