import { expect, it } from 'vitest'
import type { SpeedFigures } from '../src/speed/figures.ts'
import { growthPlot } from '../src/speed/growth-plot.ts'

const figures = (database: SpeedFigures['database'], n: number): SpeedFigures => ({
  database,
  n,
  dim: 32,
  insert_batch_rows_s: 5000,
  insert_single_ms_p50: 1,
  vector_ms_p50: 1,
  vector_recall10: 1,
  text_ms_p50: 1,
  hybrid_ms_p50: n / 4000,
  hybrid_ms_p95: n / 2000,
  disk_mb: 1,
  rss_mb: 100,
  rss_over_empty_mb: 50,
  cold_start_ms: 100,
})

it('plots how each database grows, with the numbers that were measured at its axes', () => {
  const results = [1000, 10_000, 100_000].flatMap((n) => [
    figures('libsql', n),
    figures('orama', n),
  ])
  const plots = growthPlot(results)
  const titles = plots.match(/^\w+: .* over the number of memories/gm)
  expect(titles).toHaveLength(4)
  for (const value of ['1000', '10000', '100000', '0.25', '2.5', '25', '5000']) {
    expect(plots).toMatch(new RegExp(`(^|\\s)${value.replace('.', '\\.')}(┤|\\s)`, 'm'))
  }
})

it('plots nothing where there is one size', () => {
  expect(growthPlot([figures('libsql', 10), figures('orama', 10)])).toBe('')
})
