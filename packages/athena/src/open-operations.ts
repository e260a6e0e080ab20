import type { OpenDatabase } from '@athena-memory/db-core'
import {
  bindOperations,
  type BoundOperation,
  createRegistry,
  type Registry,
} from '@athena-memory/operations'
import { createDocumentIndex } from '@athena-memory/search'
import { createProjectStore, type ProjectStore } from '@athena-memory/stores-projects'
import { type AthenaOptions, databaseOf, embedderOf } from './athena-options.ts'
import type { LayerName } from './layer-names.ts'
import type { Ground } from './layers/ground.ts'
import { readsFiles } from './layers/reads-files.ts'
import { singleLayers } from './layers/single-layers.ts'
import { createProjectResolver, type ProjectResolver } from './project-resolver.ts'
import { withProject } from './with-project.ts'

/** Operations over an open database. */
export interface OpenOperations {
  readonly operations: Registry
  /** Waits for what is under way, then closes the database. */
  close(): Promise<void>
}

/**
 * Opens the memory for the operations of one layer. No other is loaded: a program that does one thing
 * starts sooner than with `openAthena`.
 *
 * @throws as `openAthena` does
 */
export const openOperations = async (
  layer: LayerName,
  options: AthenaOptions = {},
): Promise<OpenOperations> => {
  const bind = await (layer === 'memory' ? loadMemory() : loadLayer(layer))
  const embedder = embedderOf(options)
  const database = await databaseOf(options)
  const { localFiles = true } = options
  const documents = createDocumentIndex(database, { embedder })
  const projects = createProjectStore(database)
  const resolver = createProjectResolver(projects, options)
  const opened = { database, documents, embedder, localFiles, projects, resolver }
  return { operations: createRegistry(bind(opened)), close: () => database.close() }
}

interface Opened extends Ground {
  readonly database: OpenDatabase
  readonly projects: ProjectStore
  readonly resolver: ProjectResolver
}

/** The operations of a layer, once the database is open. */
type Bind = (opened: Opened) => BoundOperation[]

const loadMemory = async (): Promise<Bind> => {
  const { memoryOperations } = await import('./memory-operations.ts')
  const { createAllLayers } = await import('./create-all-layers.ts')
  const { createEpisodicStore } = await import('@athena-memory/stores-episodic')
  return (opened) => {
    const { database, documents } = opened
    const episodic = createEpisodicStore(database, { documents })
    return bindOperations(createAllLayers({ ...opened, episodic }), memoryOperations)
  }
}

const loadLayer = async (layer: Exclude<LayerName, 'memory'>): Promise<Bind> => {
  const { open } = await singleLayers[layer]()
  return (opened) =>
    open(opened)
      .filter((operation) => opened.localFiles || !readsFiles(operation))
      .map((operation) => withProject(operation, opened.resolver))
}
