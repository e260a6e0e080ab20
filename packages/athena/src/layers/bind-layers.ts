import { bindOperations, type BoundOperation } from '@athena-memory/operations'
import { attentionOperations } from '@athena-memory/stores-attention'
import { conversationOperations } from '@athena-memory/stores-conversation'
import { episodicOperations } from '@athena-memory/stores-episodic'
import { graphOperations } from '@athena-memory/stores-graph'
import { metaOperations } from '@athena-memory/stores-meta'
import { projectOperations } from '@athena-memory/stores-projects'
import { semanticOperations } from '@athena-memory/stores-semantic'
import { workingOperations } from '@athena-memory/stores-working'
import type { Layers } from '../athena.ts'

/** The operations of all layers over open stores, in the order in which they are shown. */
export const bindLayers = (layers: Layers): BoundOperation[] => [
  ...bindOperations(layers.projects, projectOperations),
  ...bindOperations(layers.semantic, semanticOperations),
  ...bindOperations(layers.episodic, episodicOperations),
  ...bindOperations(layers.conversation, conversationOperations),
  ...bindOperations(layers.graph, graphOperations),
  ...bindOperations(layers.working, workingOperations),
  ...bindOperations(layers.attention, attentionOperations),
  ...bindOperations(layers.meta, metaOperations),
]
