import Table from 'cli-table3'
import { chooseTargets } from '../databases/choose-targets.ts'
import type { GraphFigures } from './graph-figures.ts'
import { type GraphSize, measureGraph } from './measure-graph.ts'

/** What to measure, and how to print it. */
export interface GraphOptions extends GraphSize {
  /** Only this database; otherwise temporary ones. */
  readonly database?: string | undefined
  /** Whether PGlite is measured too. */
  readonly pglite?: boolean | undefined
  readonly json?: boolean | undefined
}

/** Measures databases one after the other, and prints a table, or JSON. */
export const runGraph = async ({
  database,
  pglite,
  json,
  ...size
}: GraphOptions): Promise<void> => {
  const results: GraphFigures[] = []
  for (const open of chooseTargets({ database, pglite })) {
    results.push(await measureGraph(open, size))
  }
  console.log(json ? JSON.stringify({ results }) : graphTable(results))
}

const ROWS = [
  ['insert_rows_s', 'insert in batches, rows/s'],
  ['neighbours_depth2_ms_p50', 'neighbours at depth 2, ms (p50)'],
  ['neighbours_depth2_ms_p95', 'neighbours at depth 2, ms (p95)'],
  ['shortest_path_ms_p50', 'weighted shortest path, ms (p50)'],
  ['shortest_path_ms_p95', 'weighted shortest path, ms (p95)'],
  ['three_paths_ms_p50', 'three shortest paths, ms (p50)'],
  ['detect_communities_ms', 'communities, found and stored, ms'],
  ['modularity', 'their modularity'],
] as const satisfies readonly (readonly [keyof GraphFigures, string])[]

/** Figures for people: a row each, a column for each database. */
const graphTable = (results: readonly GraphFigures[]): string => {
  const [first] = results
  const table = new Table({
    head: [
      first ? `${first.entities} entities, ${first.relations} relations` : '',
      ...results.map(({ database }) => database),
    ],
    style: { head: [], border: [] },
    colAligns: ['left', ...results.map(() => 'right' as const)],
  })
  for (const [figure, title] of ROWS) {
    table.push([title, ...results.map((result) => String(result[figure]))])
  }
  return table.toString()
}
