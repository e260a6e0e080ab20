import { setImmediate } from 'node:timers/promises'
import { createUnweightedIndexedBrandes } from 'graphology-shortest-path/indexed-brandes.js'
import { sample, seededRandom } from './seeded-random.ts'
import type { WeightedGraph } from './weighted-graph.ts'

/** From how many nodes shortest paths are followed: up to `exactUpTo` from all, otherwise from a sample. */
export const PIVOTS = { exactUpTo: 1000, sampled: 256, seed: 42 } as const

/** How central nodes are, by the shortest paths between them. */
export interface PathCentrality {
  /** Share of the shortest paths between two others that lead through a node, from 0 to 1. */
  readonly betweenness: ReadonlyMap<string, number>
  /**
   * Reciprocal of the mean distance to what a node reaches, times the share of all nodes that this is
   * (Wasserman and Faust 1994): from 0 to 1.
   */
  readonly closeness: ReadonlyMap<string, number>
  /** False where paths were followed from a sample of the nodes (Brandes and Pich 2007). */
  readonly isExact: boolean
}

/** Nodes whose paths are followed before others may use the processor. */
const PIVOTS_PER_TURN = 8

/** Follows the shortest paths of a graph, each relation counting 1 (Brandes 2001). */
export const measurePaths = async (
  graph: WeightedGraph,
  { exactUpTo, sampled, seed }: { exactUpTo: number; sampled: number; seed: number } = PIVOTS,
): Promise<PathCentrality> => {
  const nodes = graph.nodes()
  if (nodes.length === 0) return { betweenness: new Map(), closeness: new Map(), isExact: true }
  const indexes = nodes.map((_, index) => index)
  const isExact = nodes.length <= exactUpTo
  const pivots = isExact ? indexes : sample(indexes, sampled, seededRandom(seed))
  const sums = createSums(nodes.length)
  const brandes = createUnweightedIndexedBrandes(graph)
  for (const [turn, pivot] of pivots.entries()) {
    if (turn % PIVOTS_PER_TURN === PIVOTS_PER_TURN - 1) await setImmediate()
    const [stack, predecessors, counts] = brandes(pivot)
    const farthestFirst = Array.from({ length: stack.size }, () => stack.pop() ?? pivot)
    sums.addDistances(farthestFirst.toReversed(), predecessors)
    sums.addPaths(farthestFirst, predecessors, counts)
  }
  const asPivots = new Set(pivots)
  const scores = nodes.map((node, index) => {
    const others = pivots.length - (asPivots.has(index) ? 1 : 0)
    return { node, ...sums.scoresOf(index, { pivots: pivots.length, others }) }
  })
  return {
    betweenness: new Map(scores.map(({ node, betweenness }) => [node, betweenness])),
    closeness: new Map(scores.map(({ node, closeness }) => [node, closeness])),
    isExact,
  }
}

type Predecessors = readonly (readonly number[])[]

/** Sums over pivots, for each node of a graph of `size` nodes. */
const createSums = (size: number) => {
  const through = new Float64Array(size)
  const distance = new Float64Array(size)
  const reached = new Float64Array(size)
  return {
    /** @param nearestFirst all that the first of them reaches, itself included */
    addDistances(nearestFirst: readonly number[], predecessors: Predecessors): void {
      const depths = new Map<number, number>()
      for (const node of nearestFirst) {
        const [before] = predecessors[node] ?? []
        const depth = before === undefined ? 0 : (depths.get(before) ?? 0) + 1
        depths.set(node, depth)
        if (depth > 0) increase(reached, node, 1)
        increase(distance, node, depth)
      }
    },
    /** @param farthestFirst all that the last of them reaches, itself included */
    addPaths(
      farthestFirst: readonly number[],
      predecessors: Predecessors,
      counts: Uint32Array,
    ): void {
      const shares = new Float64Array(size)
      const pivot = farthestFirst.at(-1)
      for (const node of farthestFirst) {
        const share = (1 + (shares[node] ?? 0)) / (counts[node] ?? 1)
        for (const before of predecessors[node] ?? []) {
          increase(shares, before, (counts[before] ?? 0) * share)
        }
        if (node !== pivot) increase(through, node, shares[node] ?? 0)
      }
    },
    scoresOf(node: number, { pivots, others }: { pivots: number; others: number }) {
      const pairs = ((size - 1) * (size - 2) * pivots) / size
      const [total = 0, count = 0] = [distance[node], reached[node]]
      return {
        betweenness: size > 2 ? (through[node] ?? 0) / pairs : 0,
        closeness: total > 0 ? (count / total) * (count / others) : 0,
      }
    },
  }
}

const increase = (sums: Float64Array, index: number, by: number): void => {
  sums[index] = (sums[index] ?? 0) + by
}
