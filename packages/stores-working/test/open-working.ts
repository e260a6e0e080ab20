import { type Database, newId } from '@athena-memory/db-core'
import { createHashingEmbedder } from '@athena-memory/models'
import { createDocumentIndex, type DocumentIndex } from '@athena-memory/search'
import { createSemanticStore } from '@athena-memory/stores-semantic'
import { createTestClock } from '@athena-memory/testing'
import type { OutgoingItem, RoutedLayer, WorkingSink } from '../src/index.ts'
import { createWorkingStore, type WorkingStoreOptions } from '../src/working-store.ts'

/** A project in the database; its id. */
export const addProject = async ({ query, tables }: Database, name = 'shop'): Promise<string> => {
  const [id, at] = [newId(), new Date('2025-12-01T00:00:00Z')]
  const row = { id, name, settings: {}, createdAt: at, updatedAt: at }
  await query.insert(tables.projects).values(row)
  return id
}

/** Takes items in as memories. The embedder of the tests is local, so it may run in a transaction. */
const createMemorySink = (documents: DocumentIndex): WorkingSink => ({
  prepare: async (items) =>
    items.map(({ projectId, content, tags, source, origin }) => ({
      async write(tx) {
        const { memory } = await createSemanticStore(tx, { documents }).remember({
          projectId,
          content,
          tags,
          source: source ?? (origin && JSON.stringify(origin)),
        })
        return { id: memory.id }
      },
    })),
})

/** Takes items in as documents of a layer that has no rows; what it was given is in `taken`. */
const createDocumentSink = (documents: DocumentIndex, layer: RoutedLayer) => {
  const taken: OutgoingItem[] = []
  const sink: WorkingSink = {
    async prepare(items) {
      taken.push(...items)
      const inputs = items.map(({ projectId, content, tags }) => {
        const place = { layer, sourceId: newId(), kind: 'moved', projectId }
        return { ...place, content, tags }
      })
      const prepared = await documents.prepare(inputs)
      return prepared.map((document) => ({
        async write(tx) {
          await documents.put(tx, [document])
          return { id: document.input.sourceId }
        },
      }))
    },
  }
  return { sink, taken }
}

/** A store with a clock that stands still, its index, two sinks, and a project. */
export const openWorking = async (db: Database, options: Partial<WorkingStoreOptions> = {}) => {
  const clock = createTestClock()
  const embedder = createHashingEmbedder()
  const documents = createDocumentIndex(db, { embedder, now: clock.now })
  const episodic = createDocumentSink(documents, 'episodic')
  const sinks = { semantic: createMemorySink(documents), episodic: episodic.sink }
  const settings = { documents, sinks, now: clock.now, ...options }
  const open = () => createWorkingStore(db, settings)
  const projectId = await addProject(db)
  return { clock, documents, episodic, sinks, open, store: open(), projectId }
}

/** The contents of all documents of a layer, sorted. */
export const contentsOf = async ({ query, tables }: Database, layer: string): Promise<string[]> => {
  const { documents } = tables
  const rows = await query.select().from(documents)
  return rows
    .filter((row) => row.layer === layer)
    .map((row) => row.content)
    .toSorted()
}

export const HOUR_MS = 3_600_000
