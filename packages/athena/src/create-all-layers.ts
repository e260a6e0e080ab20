import type { OpenDatabase } from '@athena-memory/db-core'
import type { Embedder } from '@athena-memory/models'
import type { DocumentIndex } from '@athena-memory/search'
import type { ProjectStore } from '@athena-memory/stores-projects'
import type { SemanticStore } from '@athena-memory/stores-semantic'
import type { AllLayers, ForgetReceipt, MemoryStatus } from './all-layers.ts'
import type { ProjectResolver } from './project-resolver.ts'

/** What the memory as a whole is made of. */
export interface Parts {
  readonly database: OpenDatabase
  readonly embedder: Embedder | undefined
  readonly documents: DocumentIndex
  readonly projects: ProjectStore
  readonly semantic: SemanticStore
  readonly resolver: ProjectResolver
}

/** The memory as a whole, over the stores of its layers. */
export const createAllLayers = (parts: Parts): AllLayers => ({
  async recall(query, { project, allProjects = false, ...options } = {}) {
    const projectId = allProjects ? undefined : await parts.resolver.toRead(project)
    const { results, notices } = await parts.documents.search(query, { ...options, projectId })
    return { results: results.map(({ sourceId, ...rest }) => ({ id: sourceId, ...rest })), notices }
  },
  forget: (id) => forget(parts, id),
  status: () => readStatus(parts),
  embedPending: (options) => parts.documents.embedPending(options),
})

const forget = async ({ semantic }: Parts, id: string): Promise<ForgetReceipt> => {
  const { forgotten, affected, ...erased } = await semantic.forget(id)
  return { id, forgotten, ...(forgotten ? { layer: 'semantic' } : {}), erased, affected }
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
