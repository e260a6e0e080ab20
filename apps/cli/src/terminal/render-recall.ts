import type { JsonObject } from '@athena-memory/operations'
import { printableLine } from './printable.ts'
import { recalled, type Recollection } from './recollection.ts'
import { explainScores, type ScoreExplanation } from './render-score.ts'
import { GAP, renderTable } from './table.ts'
import type { Terminal } from './terminal.ts'
import { toTime } from './value-text.ts'
import { wrapText } from './wrap-text.ts'

/** How much is told. */
export interface RecallDetail {
  /** Every part of every score, and a legend. */
  readonly isExplained?: boolean
}

/** The output of `memory.recall`: per result its score, its text in one line, why, and its id. */
export const renderRecall = (
  terminal: Terminal,
  value: JsonObject,
  { isExplained = false }: RecallDetail = {},
): string => {
  const { results, notices } = recalled.parse(value)
  const notes = notices.map((notice) => terminal.style('yellow', `note: ${notice}`))
  if (results.length === 0) return ['Nothing relevant is remembered.', ...notes].join('\n')
  const scores = isExplained ? explainScores(results) : undefined
  const list = renderList(terminal, results, scores)
  return [list, ...(scores ? ['', scores.legend(terminal)] : []), ...notes].join('\n')
}

const renderList = (
  terminal: Terminal,
  results: readonly Recollection[],
  scores: ScoreExplanation | undefined,
): string => {
  const widest = Math.max(...results.map((result) => toScore(result).length))
  const inner = { ...terminal, width: terminal.width - widest - GAP }
  const rows = results.map((result) => {
    const details = [
      ...toReasons(inner, result, scores ? [] : evidence(result)),
      ...(scores?.explain(inner, result) ?? []),
      '',
    ]
    return [
      terminal.style('bold', toScore(result)),
      [printableLine(result.content), ...details].join('\n'),
    ]
  })
  return renderTable(terminal, { head: [], rows }).trimEnd()
}

const toScore = ({ hybridScore }: Recollection): string => hybridScore.toFixed(2)

const toReasons = (
  { style, width }: Terminal,
  result: Recollection,
  why: readonly string[],
): string[] => {
  const reasons = [`${result.layer} ${result.kind}`, ...why, ...origin(result)]
  const lines = wrapText(reasons.map(printableLine).join(' · '), width)
  return [...lines, result.id].map((line) => style('dim', line))
}

const evidence = ({ keywordRank, semanticSimilarity, signals }: Recollection): string[] => [
  ...(keywordRank === undefined ? [] : [`words #${keywordRank}`]),
  ...(semanticSimilarity === undefined ? [] : [`similarity ${semanticSimilarity.toFixed(2)}`]),
  ...Object.entries(signals).flatMap(([name, factor]) => nameFactor(name, factor)),
]

const origin = ({ speaker, tags, occurredAt }: Recollection): string[] => [
  ...(speaker === undefined ? [] : [speaker]),
  ...(occurredAt === undefined ? [] : [toTime(occurredAt)]),
  ...(tags.length === 0 ? [] : [tags.map((tag) => `#${tag}`).join(' ')]),
]

/** Relevance is shown by rank and similarity; a factor of 1 changed nothing. */
const RELEVANCE = new Set(['text', 'similarity'])

const nameFactor = (name: string, factor: number): string[] =>
  RELEVANCE.has(name) || Math.abs(factor - 1) < 0.005 ? [] : [`${name} ×${factor.toFixed(2)}`]
