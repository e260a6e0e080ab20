import { type Database, newId } from '@athena-memory/db-core'
import { createTestClock } from '@athena-memory/testing'
import { createAttentionStore } from '../src/attention-store.ts'

/** A project in the database; its id. */
export const addProject = async ({ query, tables }: Database, name = 'shop'): Promise<string> => {
  const [id, at] = [newId(), new Date('2025-12-01T00:00:00Z')]
  const row = { id, name, settings: {}, createdAt: at, updatedAt: at }
  await query.insert(tables.projects).values(row)
  return id
}

/** A store with a clock that stands still, and a project. */
export const openAttention = async (db: Database) => {
  const clock = createTestClock()
  const store = createAttentionStore(db, { now: clock.now })
  return { clock, store, projectId: await addProject(db) }
}

/** The item of a layer that bears this name. */
export const item = (id: string, layer = 'semantic') => ({ layer, id })

export const MINUTE_MS = 60_000
export const DAY_MS = 86_400_000
