import {
  bindOperations,
  type BoundOperation,
  type OperationDescription,
} from '@athena-memory/operations'
import { attentionOperations } from '@athena-memory/stores-attention'
import { conversationOperations } from '@athena-memory/stores-conversation'
import { episodicOperations } from '@athena-memory/stores-episodic'
import { graphOperations } from '@athena-memory/stores-graph'
import { metaOperations } from '@athena-memory/stores-meta'
import { projectOperations } from '@athena-memory/stores-projects'
import { semanticOperations } from '@athena-memory/stores-semantic'
import { workingOperations } from '@athena-memory/stores-working'
import type { Layers } from '../athena.ts'

/** The operations of each layer, in the order in which they are shown. */
const byLayer = [
  projectOperations,
  semanticOperations,
  episodicOperations,
  conversationOperations,
  graphOperations,
  workingOperations,
  attentionOperations,
  metaOperations,
]

/** What all layers can do, without a database. */
export const layerOperations: readonly OperationDescription[] = byLayer.flat()

/** The same over open layers. */
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

/**
 * Whether an operation does nothing but read a file or repository of this machine. Whoever serves others
 * than the user of this machine leaves these out.
 */
export const readsFiles = ({ name, input }: OperationDescription): boolean =>
  /\.(?:ingest|import)-/.test(name) && input.shape['path']?.safeParse(undefined).success === false
