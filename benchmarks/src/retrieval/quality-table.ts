import Table from 'cli-table3'
import type { CategoryQuality, Quality, QualityReport } from './quality.ts'

const MEASURES = [
  'recall@1',
  'recall@5',
  'recall@10',
  'recall@20',
  'ndcg@10',
  'mrr',
] as const satisfies readonly (keyof Quality)[]

/** A report for people: a row for each category, those reported apart below the overall figures. */
export const qualityTable = ({ overall, categories }: QualityReport): string => {
  const entries = Object.entries(categories)
  const counted = entries.filter(([, category]) => category.counted)
  const apart = entries.filter(([, category]) => !category.counted)
  const questions = counted.reduce((sum, [, category]) => sum + category.questions, 0)
  const unanswered = counted.reduce((sum, [, category]) => sum + category.unanswered, 0)
  const table = createTable(['', 'questions', ...MEASURES, 'no result'])
  table.push(
    ...counted.map(toRow),
    toRow(['overall', { ...overall, questions, unanswered, counted: true }]),
    ...apart.map(([name, category]) => toRow([`(${name})`, category])),
  )
  return table.toString()
}

/** The overall figures of several reports: a row for each, by its name. */
export const overallTable = (
  title: string,
  reports: Readonly<Record<string, QualityReport>>,
): string => {
  const table = createTable([title, ...MEASURES])
  table.push(...Object.entries(reports).map(([name, { overall }]) => [name, ...toCells(overall)]))
  return table.toString()
}

const createTable = (head: string[]): Table.Table =>
  new Table({ head, style: { head: [], border: [] }, colAligns: ['left'] })

const toCells = (quality: Partial<Quality>): string[] =>
  MEASURES.map((measure) => quality[measure]?.toFixed(3) ?? '')

const toRow = ([name, category]: readonly [string, CategoryQuality]): string[] => [
  name,
  String(category.questions),
  ...toCells(category),
  String(category.unanswered),
]
