import { type Database, newId } from '@athena-memory/db-core'
import type { Embedder, EmbeddingSpace } from '@athena-memory/models'
import { count } from 'drizzle-orm'
import { createVectorSearch } from '../vectors/vector-search.ts'
import { createCandidates, type KeepInMemory } from './candidates.ts'
import type { DocumentInput, PreparedDocument } from './document-input.ts'
import { countPending, embedPendingDocuments, type EmbeddingProgress } from './pending-documents.ts'
import { prepareDocuments } from './prepare-documents.ts'
import { type DocumentSources, removeDocuments, type RemovalReceipt } from './remove-documents.ts'
import { searchDocuments } from './search-documents.ts'
import type { SearchOptions } from './search-options.ts'
import type { SearchOutcome } from './search-result.ts'
import { writeDocuments } from './write-documents.ts'

/** What a document index is made with. */
export interface DocumentIndexOptions {
  /** Without one, text alone is searched. */
  readonly embedder?: Embedder | undefined
  readonly now?: (() => Date) | undefined
  readonly newId?: (() => string) | undefined
  /**
   * Whether documents are kept in memory: `auto` (the default) does so from the third
   * search on, up to 250,000 documents. Searches find the same either way.
   */
  readonly keepInMemory?: KeepInMemory | undefined
}

/** How far the index is. */
export interface DocumentIndexStatus {
  readonly documents: number
  /** Documents with vectors in `space`, and without. */
  readonly embedded: number
  readonly pending: number
  /** The space that is searched; absent without an embedder. */
  readonly space?: EmbeddingSpace | undefined
}

/** Documents of all layers, found by text and by vectors. */
export interface DocumentIndex {
  /** Whether texts are embedded, which takes time. */
  readonly embeds: boolean
  /**
   * Analyses and embeds texts, outside any transaction. A failing embedder is no error: documents then
   * carry a `notice`, and `embedPending` makes up for it.
   */
  prepare(inputs: readonly DocumentInput[]): Promise<PreparedDocument[]>
  /** Writes documents in the caller's transaction. One of the same layer and source is replaced. */
  put(tx: Database, prepared: readonly PreparedDocument[]): Promise<void>
  /** Erases documents in the caller's transaction: text, stems and vectors. Unknown ones are no error. */
  remove(tx: Database, sources: DocumentSources): Promise<RemovalReceipt>
  /**
   * Finds documents, best first, in one snapshot. Any text is a question; what has nothing to do with
   * it is not returned. `notices` says what could not be done, such as vectors without their model.
   */
  search(query: string, options?: SearchOptions): Promise<SearchOutcome>
  /**
   * Embeds documents that have no vectors in the current space, at most `limit` (default 100): what a
   * failing embedder left, or all after a change of embedder. Rejects as the embedder does.
   */
  embedPending(options?: { readonly limit?: number | undefined }): Promise<EmbeddingProgress>
  status(): Promise<DocumentIndexStatus>
}

/**
 * Opens the document index of a database. It keeps documents and vectors in memory: make one
 * for each database handle and keep it. What other processes write is seen all the same.
 */
export const createDocumentIndex = (
  db: Database,
  options: DocumentIndexOptions = {},
): DocumentIndex => {
  const { embedder, now = () => new Date(), newId: makeId = newId } = options
  const space = embedder?.space
  const openSource = createCandidates(options.keepInMemory)
  const vectors = space && createVectorSearch(db, space)
  const context = { db, embedder, openSource, vectors, now }
  return {
    embeds: embedder !== undefined,
    prepare: (inputs) => prepareDocuments(inputs, embedder),
    put: (tx, prepared) => writeDocuments(tx, prepared, { space, now: now(), newId: makeId }),
    remove: removeDocuments,
    search: (query, about = {}) => searchDocuments(context, query, about),
    async embedPending({ limit = 100 } = {}) {
      if (embedder === undefined) return { embedded: 0, remaining: 0 }
      return embedPendingDocuments(db, { embedder, limit, now: now() })
    },
    status: () => db.read((snapshot) => readStatus(snapshot, space)),
  }
}

const readStatus = async (
  snapshot: Database,
  space: EmbeddingSpace | undefined,
): Promise<DocumentIndexStatus> => {
  const [row] = await snapshot.query.select({ documents: count() }).from(snapshot.tables.documents)
  const documents = row?.documents ?? 0
  const pending = space === undefined ? 0 : await countPending(snapshot, space.id)
  return { documents, embedded: space === undefined ? 0 : documents - pending, pending, space }
}
