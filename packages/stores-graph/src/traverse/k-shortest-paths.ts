import { bidirectional } from 'graphology-shortest-path/dijkstra.js'
import type { CostEdge, CostGraph } from './cost-graph.ts'

/** A way without loops. */
export interface GraphPath {
  /** From the one end to the other. */
  readonly nodes: readonly string[]
  readonly cost: number
}

/**
 * The `k` cheapest ways without loops between two nodes, the cheapest first; fewer where there are no
 * more. Yen's algorithm (1971): each further way leaves one of those before at some node.
 */
export const kShortestPaths = (
  graph: CostGraph,
  [source, target]: readonly [string, string],
  k: number,
): GraphPath[] => {
  if (!graph.hasNode(source) || !graph.hasNode(target)) return []
  const first = cheapest(graph, [source, target], isNeverBanned)
  const found = first ? [first] : []
  const candidates = new Map<string, GraphPath>()
  for (let last = first; last && found.length < k;) {
    for (const path of deviations(graph, last, found)) candidates.set(keyOf(path), path)
    for (const path of found) candidates.delete(keyOf(path))
    last = [...candidates.values()].sort(byCost)[0]
    if (last) found.push(last)
  }
  return found
}

type Ban = (edge: CostEdge) => boolean

const isNeverBanned: Ban = () => false

/** Ways that go with the last one up to some node, and from there as no known way does. */
const deviations = (
  graph: CostGraph,
  { nodes }: GraphPath,
  found: readonly GraphPath[],
): GraphPath[] =>
  nodes.slice(0, -1).flatMap((spur, at) => {
    const root = nodes.slice(0, at + 1)
    const passed = new Set(nodes.slice(0, at))
    const taken = new Set(
      found.filter((path) => startsWith(path.nodes, root)).map((path) => path.nodes[at + 1]),
    )
    const leaves = (from: string, to: string): boolean => from === spur && taken.has(to)
    const rest = cheapest(
      graph,
      [spur, nodes.at(-1) ?? spur],
      ({ near, far }) =>
        passed.has(near) || passed.has(far) || leaves(near, far) || leaves(far, near),
    )
    if (!rest) return []
    const all = [...nodes.slice(0, at), ...rest.nodes]
    return [{ nodes: all, cost: costOf(graph, all) }]
  })

const startsWith = (nodes: readonly string[], root: readonly string[]): boolean =>
  root.every((node, at) => nodes[at] === node)

const cheapest = (
  graph: CostGraph,
  [source, target]: readonly [string, string],
  isBanned: Ban,
): GraphPath | undefined => {
  const price = (_: string, edge: CostEdge) => (isBanned(edge) ? Infinity : edge.cost)
  // Its type does not say that there may be no way.
  const nodes: readonly string[] | null = bidirectional(graph, source, target, price)
  if (nodes === null) return undefined
  const isFree = edgesOf(graph, nodes).every((edge) => !isBanned(edge))
  return isFree ? { nodes, cost: costOf(graph, nodes) } : undefined
}

/** The edges between consecutive nodes. */
export const edgesOf = (graph: CostGraph, nodes: readonly string[]): CostEdge[] =>
  nodes.slice(1).map((node, at) => graph.getEdgeAttributes(nodes[at], node))

const costOf = (graph: CostGraph, nodes: readonly string[]): number =>
  edgesOf(graph, nodes).reduce((sum, { cost }) => sum + cost, 0)

const keyOf = ({ nodes }: GraphPath): string => nodes.join('\n')

/** Cheaper first, then shorter, then by name: the same ways on every machine. */
const byCost = (a: GraphPath, b: GraphPath): number =>
  a.cost - b.cost || a.nodes.length - b.nodes.length || (keyOf(a) < keyOf(b) ? -1 : 1)
