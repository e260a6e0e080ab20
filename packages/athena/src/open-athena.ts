import type { Database, OpenDatabase } from '@athena-memory/db-core'
import type { Embedder } from '@athena-memory/models'
import { bindOperations, createRegistry, type Registry } from '@athena-memory/operations'
import { createDocumentIndex } from '@athena-memory/search'
import { createProjectStore, projectOperations } from '@athena-memory/stores-projects'
import { createSemanticStore, semanticOperations } from '@athena-memory/stores-semantic'
import type { AllLayers } from './all-layers.ts'
import type { Athena, Layers } from './athena.ts'
import { type AthenaOptions, databaseOf, embedderOf } from './athena-options.ts'
import { createAllLayers } from './create-all-layers.ts'
import { memoryOperations } from './memory-operations.ts'
import { createProjectResolver, type ProjectResolver } from './project-resolver.ts'
import { withProject } from './with-project.ts'

/**
 * Opens the memory that the options and the environment mean, with all its layers.
 *
 * @throws ConfigError or ModelError for a setting that cannot be right, StorageError `unavailable`
 *   where the database cannot be opened
 */
export const openAthena = async (options: AthenaOptions = {}): Promise<Athena> => {
  const embedder = embedderOf(options)
  return compose(await databaseOf(options), embedder, options)
}

/** All of Athena over an open database. */
const compose = (
  database: OpenDatabase,
  embedder: Embedder | undefined,
  options: AthenaOptions,
): Athena => {
  const layers = openLayers(database, embedder)
  const resolver = createProjectResolver(layers.projects, options)
  const allLayers = createAllLayers({ ...layers, database, embedder, resolver })
  return {
    ...layers,
    ...allLayers,
    database,
    operations: collectOperations(layers, allLayers, resolver),
    projectId: (name) => resolver.toWrite(name),
    remember: async (content, { project, ...rest } = {}) =>
      layers.semantic.remember({ ...rest, content, projectId: await resolver.toWrite(project) }),
    transaction: (work) =>
      database.transaction((tx) =>
        work(openLayers(tx, embedder?.isLocal === true ? embedder : undefined)),
      ),
    forTenant: async (tenantId) => compose(await database.forTenant(tenantId), embedder, options),
    close: () => database.close(),
  }
}

const openLayers = (database: Database, embedder: Embedder | undefined): Layers => {
  const documents = createDocumentIndex(database, { embedder })
  return {
    database,
    documents,
    projects: createProjectStore(database),
    semantic: createSemanticStore(database, { documents }),
  }
}

const collectOperations = (
  { projects, semantic }: Layers,
  allLayers: AllLayers,
  resolver: ProjectResolver,
): Registry => {
  const ofLayers = [
    ...bindOperations(projects, projectOperations),
    ...bindOperations(semantic, semanticOperations),
  ]
  return createRegistry([
    ...bindOperations(allLayers, memoryOperations),
    ...ofLayers.map((operation) => withProject(operation, resolver)),
  ])
}
