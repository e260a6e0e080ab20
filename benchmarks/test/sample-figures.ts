import type { SpeedFigures } from '../src/speed/figures.ts'

/** Figures of a database whose searches take longer the more it holds. */
export const sampleFigures = (database: SpeedFigures['database'], n: number): SpeedFigures => ({
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
