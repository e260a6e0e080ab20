import type { DatabaseHealth } from '@athena-memory/db-core'
import type { EmbedderHealth, EmbeddingSpace } from '@athena-memory/models'
import type { EmbeddingProgress, SearchOptions, SearchResult } from '@athena-memory/search'

/** Which memories a recall is about, and how many of them it returns. */
export interface RecallOptions extends Omit<SearchOptions, 'projectId'> {
  /** Name of the project; the current one unless given. */
  readonly project?: string | undefined
  /** Whether every project is searched. */
  readonly allProjects?: boolean | undefined
}

/** A memory that was recalled, of whatever layer, and why. */
export interface Recollection extends Omit<SearchResult, 'sourceId'> {
  /** Its id in its layer. */
  readonly id: string
}

/** What was recalled, best first. */
export interface Recall {
  readonly results: Recollection[]
  /** What could not be done, such as search by meaning while the model is down. */
  readonly notices: string[]
}

/** What became of a memory that was to be forgotten. */
export interface ForgetReceipt {
  readonly id: string
  /** False where no layer has such a memory. */
  readonly forgotten: boolean
  readonly layer?: string
  /** How much was erased, by kind. */
  readonly erased: Readonly<Record<string, number>>
  /** What was derived from it and stays, since it rests on something else too. */
  readonly affected: readonly { readonly layer: string; readonly id: string }[]
}

/** The embedder and how far it is. */
export interface EmbeddingStatus {
  readonly space: EmbeddingSpace
  readonly health: EmbedderHealth
  /** Documents with vectors of this embedder, and without. */
  readonly embedded: number
  readonly pending: number
}

/** How the memory is and what is in it. */
export interface MemoryStatus {
  readonly location: string
  readonly tenantId: string
  /** The current project. */
  readonly project: { readonly id: string; readonly name: string }
  /** Documents of the current project by layer. */
  readonly layers: Readonly<Record<string, number>>
  /** Documents of all projects. */
  readonly documents: number
  readonly database: DatabaseHealth
  /** Absent where vectors are switched off. */
  readonly embedding?: EmbeddingStatus
}

/** What is done with the memory as a whole, whatever the layer. */
export interface AllLayers {
  /** Finds memories of all layers, best first; what has nothing to do with the query is left out. */
  recall(query: string, options?: RecallOptions): Promise<Recall>
  /** Erases one memory of whatever layer, with its earlier versions. */
  forget(id: string): Promise<ForgetReceipt>
  status(): Promise<MemoryStatus>
  /** Embeds documents that have no vectors yet, at most `limit` (100 unless given). */
  embedPending(options?: { limit?: number | undefined }): Promise<EmbeddingProgress>
}
