import { type OpenDatabase, StorageError } from '@athena-memory/db-core'
import type { Embedder } from '@athena-memory/models'
import type { DocumentIndex } from '@athena-memory/search'
import { createAttentionStore } from '@athena-memory/stores-attention'
import type { EpisodicStore } from '@athena-memory/stores-episodic'
import type { ProjectStore } from '@athena-memory/stores-projects'
import { createSemanticStore } from '@athena-memory/stores-semantic'
import type {
  AllLayers,
  EventNote,
  EventReceipt,
  MemoryStatus,
  Recall,
  RecallOptions,
  Recollection,
} from './all-layers.ts'
import type { ProjectResolver } from './project-resolver.ts'

/** What the memory as a whole is made of. */
export interface Parts {
  readonly database: OpenDatabase
  readonly embedder: Embedder | undefined
  readonly documents: DocumentIndex
  readonly projects: ProjectStore
  readonly episodic: EpisodicStore
  readonly resolver: ProjectResolver
}

/** The memory as a whole, over the stores of its layers. */
export const createAllLayers = (parts: Parts): AllLayers => ({
  recall: (query, options = {}) => recall(parts, query, options),
  async forget(id) {
    // Loaded on demand: it needs every layer, and nothing else here does.
    const { forgetAnywhere } = await import('./layers/forget-anywhere.ts')
    return forgetAnywhere(parts.database, parts.embedder, id)
  },
  recordEvent: (event) => recordEvent(parts, event),
  status: () => readStatus(parts),
  embedPending: (options) => parts.documents.embedPending(options),
})

const recall = async (
  parts: Parts,
  query: string,
  { project, allProjects = false, ...options }: RecallOptions,
): Promise<Recall> => {
  const { documents, resolver } = parts
  const projectId = allProjects ? undefined : await resolver.toRead(project)
  const found = await documents.search(query, { ...options, projectId })
  const results = found.results.map(({ sourceId, ...rest }) => ({ id: sourceId, ...rest }))
  return { results, notices: [...found.notices, ...(await noteRetrieval(parts, results))] }
}

/** Counts what was recalled; a role that may only read is answered all the same. */
const noteRetrieval = async (
  { database, documents }: Parts,
  results: readonly Recollection[],
): Promise<string[]> => {
  if (results.length === 0) return []
  const ids = results.filter(({ layer }) => layer === 'semantic').map(({ id }) => id)
  try {
    await database.transaction(async (tx) => {
      const attention = createAttentionStore(tx)
      if (ids.length > 0) await createSemanticStore(tx, { documents }).markRetrieved(ids)
      for (const projectId of new Set(results.map((result) => result.projectId))) {
        const items = results.filter((result) => result.projectId === projectId).map(toActive)
        await attention.recordAccess({ projectId, items, kind: 'search' })
      }
    })
    return []
  } catch (error) {
    if (!StorageError.is(error)) throw error
    return [`That these were recalled could not be noted. ${error.message}`]
  }
}

const toActive = ({ layer, id }: Recollection) => ({ layer, id })

const recordEvent = async (
  { episodic, resolver }: Parts,
  { project, ...event }: EventNote,
): Promise<EventReceipt> => {
  const projectId = await resolver.toWrite(project)
  const { episode, isDuplicate, notices } = await episodic.record({ ...event, projectId })
  return { id: episode.id, isDuplicate, notices }
}

const readStatus = async (parts: Parts): Promise<MemoryStatus> => {
  const { database, embedder, documents, projects, resolver } = parts
  const id = await resolver.toRead()
  const project = await projects.get(id)
  const stats = await projects.stats(id)
  const index = await documents.status()
  const embedding = embedder && {
    space: embedder.space,
    health: await embedder.health(),
    embedded: index.embedded,
    pending: index.pending,
  }
  return {
    location: database.location,
    tenantId: database.tenantId,
    project: { id, name: project?.name ?? '' },
    layers: stats?.documents ?? {},
    documents: index.documents,
    database: await database.health(),
    ...(embedding ? { embedding } : {}),
  }
}
