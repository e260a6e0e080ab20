import { modularity } from 'graphology-metrics/graph/index.js'
import * as louvainModule from 'graphology-communities-louvain'
import { seededRandom } from '../analysis/seeded-random.ts'
import type { WeightedGraph } from '../analysis/weighted-graph.ts'

// It is CommonJS and its types are written for ES modules: they look one `default` too deep.
const EXPORT: string = 'default'
const louvain: typeof louvainModule.default.default = Reflect.get(louvainModule, EXPORT)

/** A division of all nodes into groups. */
export interface Partition {
  /** The group of each node. */
  readonly groups: ReadonlyMap<string, number>
  /** How much more weight lies inside the groups than chance would put there; at most 1. */
  readonly modularity: number
}

/** How to look for groups. */
export interface LouvainOptions {
  /** Above 1 for more and smaller groups, below for fewer and larger ones. */
  readonly resolution: number
  readonly seed: number
}

/**
 * Divides a graph into groups of high modularity (Blondel et al. 2008, graphology's), the finest division
 * first; each further one joins groups of the one before. The same seed gives the same groups.
 */
export const partition = (
  graph: WeightedGraph,
  { resolution, seed }: LouvainOptions,
): Partition[] => {
  if (graph.size === 0) return []
  const { dendrogram } = louvain.detailed(graph, { resolution, rng: seededRandom(seed) })
  const nodes = graph.nodes()
  // The first is every node by itself.
  return dendrogram.slice(1).map((level) => {
    const groups = new Map(nodes.map((node, at) => [node, level[at] ?? 0]))
    return { groups, modularity: modularityOf(graph, groups) }
  })
}

/** The modularity of a division. */
export const modularityOf = (graph: WeightedGraph, groups: ReadonlyMap<string, number>): number =>
  modularity(graph, { getNodeCommunity: (node) => groups.get(node) ?? -1, getEdgeWeight: 'weight' })
