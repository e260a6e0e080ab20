import type { EmbeddingSpace } from './embedding-space.ts'

/**
 * What a text is embedded for. Some models are trained with a different prefix for the texts that are
 * stored (`document`) and for the questions asked of them (`query`).
 */
export type EmbedPurpose = 'document' | 'query'

/** How one call of {@link Embedder.embed} is made. */
export interface EmbedOptions {
  /** Default: `document`. */
  readonly purpose?: EmbedPurpose | undefined
  /** Ends the call early; it then rejects with the signal's own reason, as `fetch` does. */
  readonly signal?: AbortSignal | undefined
}

/** Whether an embedder would answer now. `detail` says why not, and never holds texts or keys. */
export interface EmbedderHealth {
  readonly status: 'ok' | 'unavailable'
  readonly latencyMs: number
  readonly detail?: string
}

/**
 * Turns texts into vectors.
 *
 * Vectors of one `space` can be compared with each other and with nothing else. When `isLocal` is true,
 * `embed` touches no network and may be awaited inside a database transaction; otherwise embed first, then write.
 */
export interface Embedder {
  readonly space: EmbeddingSpace
  readonly isLocal: boolean
  /**
   * One vector per text, in the order of the texts, each `space.dimensions` long and, when
   * `space.normalisation` is `l2`, of length 1. Blank text has no direction: its vector is all zeros.
   * The vectors belong to the caller. All or nothing: on failure it rejects with one `ModelError`.
   */
  embed(texts: readonly string[], options?: EmbedOptions): Promise<Float32Array[]>
  /** Embeds one word, past the cache and without retries. Never throws. */
  health(): Promise<EmbedderHealth>
}
