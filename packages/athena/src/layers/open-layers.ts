import type { Database } from '@athena-memory/db-core'
import type { Embedder } from '@athena-memory/models'
import { createDocumentIndex, type DocumentIndex } from '@athena-memory/search'
import { createAttentionStore } from '@athena-memory/stores-attention'
import { createEpisodicStore } from '@athena-memory/stores-episodic'
import { createGraphStore } from '@athena-memory/stores-graph'
import { createMetaStore } from '@athena-memory/stores-meta'
import { createProjectStore } from '@athena-memory/stores-projects'
import { createSemanticStore } from '@athena-memory/stores-semantic'
import type { Layers } from '../athena.ts'
import { withoutRemote } from './ground.ts'
import { metaReaders } from './meta-readers.ts'
import { openConversation } from './open-conversation.ts'
import { openWorking } from './open-working.ts'

/** What the layers are opened over. */
export interface Foundation {
  readonly database: Database
  readonly embedder: Embedder | undefined
  /** Whether files of this machine may be read for callers; default true. */
  readonly localFiles?: boolean | undefined
  /** Puts something around the index that all layers then share. */
  readonly around?: ((documents: DocumentIndex) => DocumentIndex) | undefined
}

/** The stores of all layers over one database or one transaction, composed with each other. */
export const openLayers = (foundation: Foundation): Layers => {
  const { database, embedder, around, localFiles = true } = foundation
  const index = createDocumentIndex(database, { embedder })
  const documents = around ? around(index) : index
  const ground = { database, documents, embedder, localFiles }
  const episodic = createEpisodicStore(database, { documents })
  const working = openWorking(ground)
  return {
    database,
    documents,
    projects: createProjectStore(database),
    semantic: createSemanticStore(database, { documents }),
    episodic,
    conversation: openConversation(ground, { working, episodic }),
    graph: createGraphStore(database, { documents }),
    working,
    attention: createAttentionStore(database),
    meta: createMetaStore(database, { readers: metaReaders }),
  }
}

/** What the layers of a transaction are opened over. */
export const inTransaction = (tx: Database, embedder: Embedder | undefined): Foundation => ({
  database: tx,
  embedder: withoutRemote(embedder),
})
