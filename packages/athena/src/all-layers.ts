import type { DatabaseHealth } from '@athena-memory/db-core'
import type { EmbedderHealth, EmbeddingSpace } from '@athena-memory/models'
import type { EmbeddingProgress, SearchOptions, SearchResult } from '@athena-memory/search'
import type { NewEpisode } from '@athena-memory/stores-episodic'

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

/** Something that happened, in short; `episodic.record` takes all that can be said of it. */
export interface EventNote extends Pick<
  NewEpisode,
  'content' | 'eventType' | 'outcome' | 'learned' | 'files' | 'occurredAt'
> {
  /** Name of the project, made where there is none; the current one unless given. */
  readonly project?: string | undefined
}

/** What became of a note of an event. */
export interface EventReceipt {
  /** Its id in episodic memory. */
  readonly id: string
  /** Whether exactly this was recorded already. */
  readonly isDuplicate: boolean
  readonly notices: string[]
}

/** What is done with the memory as a whole, whatever the layer. */
export interface AllLayers {
  /** Finds memories of all layers, best first; what has nothing to do with the query is left out. */
  recall(query: string, options?: RecallOptions): Promise<Recall>
  /** Erases one memory of whatever layer, with its earlier versions. */
  forget(id: string): Promise<ForgetReceipt>
  /** Records something that happened in episodic memory. */
  recordEvent(event: EventNote): Promise<EventReceipt>
  status(): Promise<MemoryStatus>
  /** Embeds documents that have no vectors yet, at most `limit` (100 unless given). */
  embedPending(options?: { limit?: number | undefined }): Promise<EmbeddingProgress>
}
