import { z } from 'zod'
import type { PeerName } from '../peers/peer.ts'

/** Four significant digits: the others change from run to run. */
const figure = z.number().transform((value) => Number(value.toPrecision(4)))

/** What a fresh process measures that opens a database and asks it. */
export const startFigures = z.object({
  /** From the start of the process to its first answer, in ms. */
  cold_start_ms: figure,
  /** Resident memory after its first questions, in MB. */
  rss_mb: figure,
  /** The same without what the process had when its program was loaded and nothing was opened. */
  rss_over_empty_mb: figure,
})

export type StartFigures = z.output<typeof startFigures>

/** What the process measures that fills a database and asks it. Times are in ms. */
export const loadFigures = z.object({
  insert_batch_rows_s: figure,
  insert_single_ms_p50: figure,
  /** The same without vectors; absent for those who cannot go without. */
  insert_text_ms_p50: figure.optional(),
  vector_ms_p50: figure,
  /** Share of the ten nearest memories, by comparing all of them, that vector search finds. */
  vector_recall10: figure,
  text_ms_p50: figure,
  hybrid_ms_p50: figure,
  hybrid_ms_p95: figure,
  /** Absent where nothing is on disk. */
  disk_mb: figure.optional(),
})

export type LoadFigures = z.output<typeof loadFigures>

/** What the command line measures. */
export const oneshotFigures = z.object({
  /** From the start to the end of `athena recall`, in ms; the middle of five. */
  oneshot_ms: figure.optional(),
})

export type OneshotFigures = z.output<typeof oneshotFigures>

/** How many memories of how many dimensions. */
export interface Size {
  readonly n: number
  readonly dim: number
}

/** The figures of one database, ours or another's. */
export interface SpeedFigures extends LoadFigures, StartFigures, OneshotFigures, Size {
  readonly database: 'libsql' | 'pglite' | 'postgres' | PeerName
}
