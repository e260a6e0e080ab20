import { overallTable, qualityTable } from './quality-table.ts'
import type { AnswersReport } from './report-answers.ts'

/** A report for people: tables, and what the figures depend on. */
export const reportText = (report: AnswersReport & { readonly config: object }): string => {
  const { arms, halves, floorCostAtMost, config } = report
  const parts = arms && { hybrid: report, 'text alone': arms.text, 'vector alone': arms.vector }
  const split = halves && { all: report, 'even places': halves.even, 'odd places': halves.odd }
  return [
    qualityTable(report),
    ...(parts ? [overallTable('search', parts)] : []),
    ...(split ? [overallTable('conversations', split)] : []),
    `the relevance floor costs at most ${floorCostAtMost} of recall@10`,
    JSON.stringify(config),
  ].join('\n')
}
