import { type Database, newId } from '@athena-memory/db-core'
import { createHashingEmbedder } from '@athena-memory/models'
import { createDocumentIndex } from '@athena-memory/search'
import { createTestClock } from '@athena-memory/testing'
import { createGraphStore, type GraphStore, type GraphStoreOptions } from '../src/index.ts'

/** A project in the database; its id. */
export const addProject = async ({ query, tables }: Database, name = 'shop'): Promise<string> => {
  const [id, at] = [newId(), new Date('2025-12-01T00:00:00Z')]
  const row = { id, name, settings: {}, createdAt: at, updatedAt: at }
  await query.insert(tables.projects).values(row)
  return id
}

/** A store with a clock that stands still, its index, and a project to put things in. */
export const openGraph = async (
  db: Database,
  options: Pick<GraphStoreOptions, 'secretPolicy'> = {},
) => {
  const clock = createTestClock()
  const documents = createDocumentIndex(db, { embedder: createHashingEmbedder(), now: clock.now })
  const graph = createGraphStore(db, { documents, now: clock.now, ...options })
  return { clock, documents, graph, projectId: await addProject(db) }
}

/** Entities of these names; their ids by name. */
export const addNamed = async (
  graph: GraphStore,
  projectId: string,
  names: readonly string[],
): Promise<(name: string) => string> => {
  const { results } = await graph.addEntities(
    names.map((name) => ({ projectId, name, entityType: 'thing' })),
  )
  const ids = new Map(results.map(({ entity }) => [entity.name, entity.id]))
  return (name) => ids.get(name) ?? ''
}

/** Relations written as `a-b` or `a-b:0.5`, with their strengths. */
export const relateAll = (graph: GraphStore, idOf: (name: string) => string, ties: string) =>
  graph.relateMany(
    ties.split(' ').map((tie) => {
      const [ends = '', strength = '1'] = tie.split(':')
      const [from = '', to = ''] = ends.split('-')
      return {
        fromId: idOf(from),
        toId: idOf(to),
        relationType: 'knows',
        strength: Number(strength),
      }
    }),
  )

export const DAY_MS = 86_400_000
