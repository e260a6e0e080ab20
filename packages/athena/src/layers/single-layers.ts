import {
  bindOperations,
  type BoundOperation,
  type Operation,
  type OperationDescription,
} from '@athena-memory/operations'
import type { Ground } from './ground.ts'

/** What one layer can do, without and with a database. */
export interface SingleLayer {
  readonly operations: readonly OperationDescription[]
  readonly open: (ground: Ground) => BoundOperation[]
}

const toLayer = <Store>(
  operations: readonly Operation<Store>[],
  openStore: (ground: Ground) => Store,
): SingleLayer => ({
  operations,
  open: (ground) => bindOperations(openStore(ground), operations),
})

/**
 * How each layer is loaded, in the order in which they are shown. On demand, and none needs all others:
 * loading everything takes longer than most operations.
 */
export const singleLayers = {
  async projects() {
    const { createProjectStore, projectOperations } = await import('@athena-memory/stores-projects')
    return toLayer(projectOperations, ({ database }) => createProjectStore(database))
  },
  async semantic() {
    const { createSemanticStore, semanticOperations } =
      await import('@athena-memory/stores-semantic')
    return toLayer(semanticOperations, ({ database, documents }) =>
      createSemanticStore(database, { documents }),
    )
  },
  async episodic() {
    const { createEpisodicStore, episodicOperations } =
      await import('@athena-memory/stores-episodic')
    return toLayer(episodicOperations, ({ database, documents }) =>
      createEpisodicStore(database, { documents }),
    )
  },
  async conversation() {
    const { conversationOperations } = await import('@athena-memory/stores-conversation')
    const { createEpisodicStore } = await import('@athena-memory/stores-episodic')
    const { openConversation } = await import('./open-conversation.ts')
    const { openWorking } = await import('./open-working.ts')
    return toLayer(conversationOperations, (ground) => {
      const { database, documents } = ground
      const episodic = createEpisodicStore(database, { documents })
      return openConversation(ground, { episodic, working: openWorking(ground) })
    })
  },
  async graph() {
    const { createGraphStore, graphOperations } = await import('@athena-memory/stores-graph')
    return toLayer(graphOperations, ({ database, documents }) =>
      createGraphStore(database, { documents }),
    )
  },
  async working() {
    const { workingOperations } = await import('@athena-memory/stores-working')
    const { openWorking } = await import('./open-working.ts')
    return toLayer(workingOperations, openWorking)
  },
  async attention() {
    const { attentionOperations, createAttentionStore } =
      await import('@athena-memory/stores-attention')
    return toLayer(attentionOperations, ({ database }) => createAttentionStore(database))
  },
  async meta() {
    const { createMetaStore, metaOperations } = await import('@athena-memory/stores-meta')
    const { metaReaders } = await import('./meta-readers.ts')
    return toLayer(metaOperations, ({ database }) =>
      createMetaStore(database, { readers: metaReaders }),
    )
  },
} satisfies Record<string, () => Promise<SingleLayer>>

/** A layer that can be loaded by itself. */
export type SingleLayerName = keyof typeof singleLayers
