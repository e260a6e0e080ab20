import Table from 'cli-table3'
import type { SpeedFigures } from './figures.ts'

type Figure = Exclude<keyof SpeedFigures, 'database' | 'n' | 'dim'>

const ROWS = [
  ['insert_batch_rows_s', 'insert in batches, rows/s'],
  ['insert_single_ms_p50', 'insert one, ms (p50)'],
  ['insert_text_ms_p50', 'insert one by text alone, ms (p50)'],
  ['vector_ms_p50', 'search by vector, ms (p50)'],
  ['vector_recall10', 'its recall@10'],
  ['text_ms_p50', 'search by text, ms (p50)'],
  ['hybrid_ms_p50', 'hybrid search, ms (p50)'],
  ['hybrid_ms_p95', 'hybrid search, ms (p95)'],
  ['disk_mb', 'on disk, MB'],
  ['rss_mb', 'resident memory, MB'],
  ['rss_over_empty_mb', 'over an empty process, MB'],
  ['cold_start_ms', 'cold start to first answer, ms'],
  ['oneshot_ms', 'athena recall, start to exit, ms'],
] as const satisfies readonly (readonly [Figure, string])[]

/** Figures for people: a row each, a column for each database. */
export const speedTable = (results: readonly SpeedFigures[]): string => {
  const [first] = results
  const table = new Table({
    head: [first ? `${first.n} x ${first.dim}` : '', ...results.map(({ database }) => database)],
    style: { head: [], border: [] },
    colAligns: ['left', ...results.map(() => 'right' as const)],
  })
  for (const [figure, title] of ROWS) {
    table.push([title, ...results.map((result) => String(result[figure] ?? ''))])
  }
  return table.toString()
}
