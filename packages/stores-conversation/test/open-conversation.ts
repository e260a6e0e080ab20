import type { Database } from '@athena-memory/db-core'
import { createHashingEmbedder } from '@athena-memory/models'
import { createDocumentIndex } from '@athena-memory/search'
import { createProjectStore } from '@athena-memory/stores-projects'
import { createTestClock } from '@athena-memory/testing'
import { type ConversationStoreOptions, createConversationStore } from '../src/index.ts'

/** A project in the database; its id. */
export const addProject = async (db: Database, name = 'shop'): Promise<string> =>
  (await createProjectStore(db).create({ name })).id

/** A store with a clock that stands still, its index, a project, and a session with a thread. */
export const openConversation = async (
  db: Database,
  {
    hasVectors = true,
    ...options
  }: Pick<ConversationStoreOptions, 'readOpenTasks' | 'readTranscript' | 'secretPolicy'> & {
    /** Without vectors a thousand messages are written in no time on PGlite too. */
    readonly hasVectors?: boolean
  } = {},
) => {
  const clock = createTestClock()
  const documents = createDocumentIndex(db, {
    embedder: hasVectors ? createHashingEmbedder() : undefined,
    now: clock.now,
  })
  const store = createConversationStore(db, { documents, now: clock.now, ...options })
  const projectId = await addProject(db)
  const { session } = await store.startSession({ projectId, title: 'Monday' })
  const thread = await store.startThread({ sessionId: session.id })
  /** Says lines one after the other, a minute apart. */
  const say = async (lines: readonly (readonly [role: string, content: string])[]) => {
    for (const [role, content] of lines) {
      clock.advance(60_000)
      await store.addMessage(thread.id, { role, content })
    }
  }
  return { clock, documents, store, projectId, session, thread, say }
}
