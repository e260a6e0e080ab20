import { type Database, newId } from '@athena-memory/db-core'
import { createHashingEmbedder } from '@athena-memory/models'
import { createDocumentIndex } from '@athena-memory/search'
import { createTestClock } from '@athena-memory/testing'
import { createSemanticStore, type SemanticStoreOptions } from '../src/semantic-store.ts'

/** A project in the database; its id. */
export const addProject = async ({ query, tables }: Database, name = 'shop'): Promise<string> => {
  const [id, at] = [newId(), new Date('2025-12-01T00:00:00Z')]
  const row = { id, name, settings: {}, createdAt: at, updatedAt: at }
  await query.insert(tables.projects).values(row)
  return id
}

interface OpenOptions extends Pick<SemanticStoreOptions, 'secretPolicy'> {
  /** Whether memories get vectors; they do unless told otherwise. */
  readonly embeds?: boolean
}

/** A store with a clock that stands still, its index, and a project to put memories in. */
export const openSemantic = async (
  db: Database,
  { embeds = true, ...options }: OpenOptions = {},
) => {
  const clock = createTestClock()
  const embedder = embeds ? createHashingEmbedder() : undefined
  const documents = createDocumentIndex(db, { embedder, now: clock.now })
  const store = createSemanticStore(db, { documents, now: clock.now, ...options })
  return { clock, documents, store, projectId: await addProject(db) }
}

export const DAY_MS = 86_400_000
