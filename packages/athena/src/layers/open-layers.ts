import { type Database, StorageError } from '@athena-memory/db-core'
import type { Embedder } from '@athena-memory/models'
import { createDocumentIndex, type DocumentIndex } from '@athena-memory/search'
import { createAttentionStore } from '@athena-memory/stores-attention'
import { createConversationStore, type OpenTaskReader } from '@athena-memory/stores-conversation'
import { createEpisodicStore } from '@athena-memory/stores-episodic'
import { createGraphStore } from '@athena-memory/stores-graph'
import { createMetaStore } from '@athena-memory/stores-meta'
import { createProjectStore } from '@athena-memory/stores-projects'
import { createSemanticStore } from '@athena-memory/stores-semantic'
import { createWorkingStore, type WorkingStore } from '@athena-memory/stores-working'
import type { Layers } from '../athena.ts'
import { metaReaders } from './meta-readers.ts'
import { recordingConversations } from './recorded-tool-calls.ts'
import { createWorkingSinks } from './working-sinks.ts'

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
  const semantic = createSemanticStore(database, { documents })
  const episodic = createEpisodicStore(database, { documents })
  // A move is written inside a transaction, where only a local model may be asked.
  const sinks = createWorkingSinks(documents, (tx, aroundIndex) =>
    openLayers({ ...inTransaction(tx, embedder), around: aroundIndex }),
  )
  const working = createWorkingStore(database, { documents, sinks })
  const conversation = createConversationStore(database, {
    documents,
    readOpenTasks: openGoals(working),
    ...(localFiles ? {} : { readTranscript: refuseFile }),
  })
  return {
    database,
    documents,
    projects: createProjectStore(database),
    semantic,
    episodic,
    conversation: recordingConversations({ database, conversation, episodic }),
    graph: createGraphStore(database, { documents }),
    working,
    attention: createAttentionStore(database),
    meta: createMetaStore(database, { readers: metaReaders }),
  }
}

/** Inside a transaction a remote model is not asked: what is written there is embedded later. */
export const inTransaction = (tx: Database, embedder: Embedder | undefined): Foundation => ({
  database: tx,
  embedder: embedder?.isLocal === true ? embedder : undefined,
})

/** A goal in mind is what a brief shows as an open task. */
const openGoals =
  (working: WorkingStore): OpenTaskReader =>
  async (projectId, limit) => {
    const { goals } = await working.listGoals({ projectId, limit })
    return goals.map(({ id, content, status, priority, dueAt }) => ({
      id,
      title: content,
      status,
      priority: String(priority),
      dueAt,
    }))
  }

const refuseFile = async (): Promise<never> => {
  const detail = 'path: this memory reads no files for its callers; send the text'
  throw new StorageError('invalid', { detail })
}
