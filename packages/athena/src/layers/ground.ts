import type { Database } from '@athena-memory/db-core'
import type { Embedder } from '@athena-memory/models'
import type { DocumentIndex } from '@athena-memory/search'

/** What every layer is opened over. */
export interface Ground {
  readonly database: Database
  readonly documents: DocumentIndex
  readonly embedder: Embedder | undefined
  /** Whether files of this machine may be read for callers. */
  readonly localFiles: boolean
}

/** Inside a transaction a remote model is not asked: what is written there is embedded later. */
export const withoutRemote = (embedder: Embedder | undefined): Embedder | undefined =>
  embedder?.isLocal === true ? embedder : undefined
