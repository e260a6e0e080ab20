import { DirectedGraph, UndirectedGraph } from 'graphology'
import type { Edge } from '../relations/edge.ts'
import type { Direction } from '../relations/find-relations.ts'
import { endsOf } from './walk.ts'

/** What an edge of a cost graph knows: the cheapest relation between two entities. */
export interface CostEdge {
  readonly near: string
  readonly far: string
  readonly cost: number
  readonly relationId: string
}

/** Entities, and the cheapest relation between any two. */
export type CostGraph = UndirectedGraph<Record<string, never>, CostEdge>

/** A graph of these relations in which ways lead as the direction says. */
export const createCostGraph = (
  edges: Iterable<Edge>,
  { direction, costOf }: { direction: Direction; costOf: (edge: Edge) => number },
): CostGraph => {
  const graph: CostGraph = direction === 'both' ? new UndirectedGraph() : new DirectedGraph()
  for (const edge of edges) {
    const [near, far] = endsOf(edge, direction)[0] ?? [edge.fromId, edge.toId]
    const cost = costOf(edge)
    graph.mergeNode(near)
    graph.mergeNode(far)
    const known = graph.edge(near, far)
    if (known !== undefined && graph.getEdgeAttribute(known, 'cost') <= cost) continue
    graph.mergeEdge(near, far, { near, far, cost, relationId: edge.id })
  }
  return graph
}
