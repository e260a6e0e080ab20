import type { Database } from '@athena-memory/db-core'
import type { Embedder } from '@athena-memory/models'
import { createDocumentIndex, type DocumentIndex } from '@athena-memory/search'
import { createProjectStore, type ProjectStore } from '@athena-memory/stores-projects'
import { createSemanticStore, type SemanticStore } from '@athena-memory/stores-semantic'

/** The stores that are measured. */
export interface Stores {
  readonly documents: DocumentIndex
  readonly projects: ProjectStore
  readonly semantic: SemanticStore
}

/** Opens the stores of a database, as `openAthena` does; PGlite can be opened only this way. */
export const openStores = (database: Database, embedder?: Embedder): Stores => {
  const documents = createDocumentIndex(database, { embedder })
  return {
    documents,
    projects: createProjectStore(database),
    semantic: createSemanticStore(database, { documents }),
  }
}

/** The project that is searched: 60 % of the memories are in it. */
export const LARGE_PROJECT = 'large'

/** The project of all other memories. */
export const SMALL_PROJECT = 'small'
