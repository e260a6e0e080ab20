import type { JsonObject } from '@athena-memory/operations'
import { z } from 'zod'
import { printableLine } from './printable.ts'
import { toTime } from './render-value.ts'
import { GAP, renderTable } from './table.ts'
import type { Terminal } from './terminal.ts'
import { wrapText } from './wrap-text.ts'

/** What is shown of the output of `memory.recall`. */
const recalled = z.object({
  results: z.array(
    z.object({
      id: z.string(),
      layer: z.string(),
      kind: z.string(),
      content: z.string(),
      hybridScore: z.number(),
      semanticSimilarity: z.number().optional(),
      keywordRank: z.number().optional(),
      signals: z.record(z.string(), z.number()),
      speaker: z.string().optional(),
      tags: z.array(z.string()),
      occurredAt: z.string().optional(),
    }),
  ),
  notices: z.array(z.string()),
})
type Result = z.output<typeof recalled>['results'][number]

/** The output of `memory.recall`: per result its score, its text in one line, why, and its id. */
export const renderRecall = (terminal: Terminal, value: JsonObject): string => {
  const { results, notices } = recalled.parse(value)
  const list =
    results.length === 0
      ? 'Nothing relevant is remembered.'
      : renderTable(terminal, {
          head: [],
          rows: results.map((result) => toRow(terminal, result)),
        }).trimEnd()
  return [list, ...notices.map((notice) => terminal.style('yellow', `note: ${notice}`))].join('\n')
}

const toRow = ({ style, width }: Terminal, result: Result): string[] => {
  const score = result.hybridScore.toFixed(2)
  const reasons = [`${result.layer} ${result.kind}`, ...evidence(result), ...origin(result)]
  const why = wrapText(reasons.map(printableLine).join(' · '), width - score.length - GAP)
  const details = [...why, result.id].map((line) => style('dim', line))
  return [style('bold', score), [printableLine(result.content), ...details, ''].join('\n')]
}

const evidence = ({ keywordRank, semanticSimilarity, signals }: Result): string[] => [
  ...(keywordRank === undefined ? [] : [`words #${keywordRank}`]),
  ...(semanticSimilarity === undefined ? [] : [`similarity ${semanticSimilarity.toFixed(2)}`]),
  ...Object.entries(signals).flatMap(([name, factor]) => explainFactor(name, factor)),
]

const origin = ({ speaker, tags, occurredAt }: Result): string[] => [
  ...(speaker === undefined ? [] : [speaker]),
  ...(occurredAt === undefined ? [] : [toTime(occurredAt)]),
  ...(tags.length === 0 ? [] : [tags.map((tag) => `#${tag}`).join(' ')]),
]

/** Relevance is shown by rank and similarity; a factor of 1 changed nothing. */
const RELEVANCE = new Set(['text', 'similarity'])

const explainFactor = (name: string, factor: number): string[] =>
  RELEVANCE.has(name) || Math.abs(factor - 1) < 0.005 ? [] : [`${name} ×${factor.toFixed(2)}`]
