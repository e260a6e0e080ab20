import type { OpenDatabase } from '@athena-memory/db-core'
import type { Embedder } from '@athena-memory/models'
import { bindOperations, type BoundOperation, createRegistry } from '@athena-memory/operations'
import type { AllLayers } from './all-layers.ts'
import type { Athena, Layers } from './athena.ts'
import type { AthenaOptions } from './athena-options.ts'
import { createAllLayers } from './create-all-layers.ts'
import { bindLayers } from './layers/bind-layers.ts'
import { inTransaction, openLayers } from './layers/open-layers.ts'
import { readsFiles } from './layers/reads-files.ts'
import { memoryOperations } from './memory-operations.ts'
import { bindPostgres } from './postgres-access.ts'
import { createProjectResolver, type ProjectResolver } from './project-resolver.ts'
import { withProject } from './with-project.ts'

/** All of Athena over an open database. */
export const composeAthena = async (
  database: OpenDatabase,
  embedder: Embedder | undefined,
  options: AthenaOptions,
): Promise<Athena> => {
  const { localFiles = true } = options
  const postgres = await bindPostgres(options, database.tenantId)
  const layers = openLayers({ database, embedder, localFiles })
  const resolver = createProjectResolver(layers.projects, options)
  const allLayers = createAllLayers({ ...layers, database, embedder, resolver })
  return {
    ...layers,
    ...allLayers,
    database,
    operations: createRegistry([
      ...collectOperations(layers, allLayers, { resolver, localFiles }),
      ...postgres.operations,
    ]),
    projectId: (name) => resolver.toWrite(name),
    remember: async (content, { project, ...rest } = {}) =>
      layers.semantic.remember({ ...rest, content, projectId: await resolver.toWrite(project) }),
    transaction: (work) =>
      database.transaction((tx) => work(openLayers(inTransaction(tx, embedder)))),
    forTenant: async (tenantId) =>
      composeAthena(await database.forTenant(tenantId), embedder, options),
    async close() {
      await postgres.close()
      await database.close()
    },
  }
}

const collectOperations = (
  layers: Layers,
  allLayers: AllLayers,
  { resolver, localFiles }: { resolver: ProjectResolver; localFiles: boolean },
): BoundOperation[] => {
  const ofLayers = bindLayers(layers).filter((operation) => localFiles || !readsFiles(operation))
  return [
    ...bindOperations(allLayers, memoryOperations),
    ...ofLayers.map((operation) => withProject(operation, resolver)),
  ]
}
