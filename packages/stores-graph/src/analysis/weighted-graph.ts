import { UndirectedGraph } from 'graphology'
import type { Edge } from '../relations/edge.ts'

/** Entities, and the sum of the weights of all relations between any two. */
export type WeightedGraph = UndirectedGraph<Record<string, never>, { weight: number }>

/** A graph of these relations in which they have no direction; loops and what weighs nothing are left out. */
export const createWeightedGraph = (edges: readonly Edge[]): WeightedGraph => {
  const graph: WeightedGraph = new UndirectedGraph()
  const counted = edges.filter(({ fromId, toId, weight }) => fromId !== toId && weight > 0)
  for (const id of new Set(counted.flatMap(({ fromId, toId }) => [fromId, toId]))) graph.addNode(id)
  for (const { fromId, toId, weight } of counted) {
    const known = graph.edge(fromId, toId)
    if (known === undefined) graph.addEdge(fromId, toId, { weight })
    else graph.updateEdgeAttribute(known, 'weight', (sum) => (sum ?? 0) + weight)
  }
  return graph
}
