import type { Database } from '@athena-memory/db-core'
import { createHashingEmbedder } from '@athena-memory/models'
import { createDocumentIndex } from '@athena-memory/search'
import { createProjectStore } from '@athena-memory/stores-projects'
import { createTestClock } from '@athena-memory/testing'
import { createEpisodicStore, type EpisodicStoreOptions } from '../src/episodic-store.ts'

/** A project in the database; its id. */
export const addProject = async (db: Database, name = 'shop'): Promise<string> =>
  (await createProjectStore(db).create({ name })).id

/** A store with a clock that stands still, its index, and a project to put episodes in. */
export const openEpisodic = async (
  db: Database,
  options: Pick<EpisodicStoreOptions, 'secretPolicy'> = {},
) => {
  const clock = createTestClock()
  const embedder = createHashingEmbedder()
  const documents = createDocumentIndex(db, { embedder, now: clock.now })
  const store = createEpisodicStore(db, { documents, now: clock.now, ...options })
  return { clock, documents, store, projectId: await addProject(db) }
}

/** A time, so many minutes after the first of January 2026. */
export const minute = (minutes: number): Date => new Date(Date.UTC(2026, 0, 1) + minutes * 60_000)

export const DAY_MS = 86_400_000
