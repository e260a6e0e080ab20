import type { WeightedGraph } from '../analysis/weighted-graph.ts'
import { hashContent } from '../content-hash.ts'
import { groupBy } from '../group-by.ts'
import { compareTexts } from '../relations/edge.ts'
import type { Partition } from './louvain.ts'

/** Members that a community is named after. */
const NAMED_MEMBERS = 3

/** A community that was found, before it is stored. */
export interface CommunityDraft {
  readonly level: number
  /** Its group in the partition of its level, and that of the next level that holds it. */
  readonly group: number
  readonly parentGroup: number | undefined
  /** By rising ids. */
  readonly memberIds: readonly string[]
  /** Equal where the members are. */
  readonly memberHash: string
  /** The best connected members. */
  readonly namedIds: readonly string[]
  readonly internalEdges: number
  readonly externalEdges: number
  readonly density: number
  readonly modularity: number
}

/**
 * The communities of all levels, those left out that stay smaller than `minSize` up to the coarsest
 * level.
 */
export const draftCommunities = (
  graph: WeightedGraph,
  partitions: readonly Partition[],
  minSize: number,
): CommunityDraft[] => {
  const coarsest = partitions.at(-1)
  if (!coarsest) return []
  const sizes = groupBy(coarsest.groups.values(), (group) => group)
  const isLargeEnough = (node: string): boolean =>
    (sizes.get(coarsest.groups.get(node) ?? -1)?.length ?? 0) >= minSize
  const nodes = graph.nodes().filter(isLargeEnough).sort(compareTexts)
  return partitions.flatMap((partition, level) => {
    const next = partitions[level + 1]?.groups
    const counts = countEdges(graph, partition.groups)
    const groups = groupBy(nodes, (node) => partition.groups.get(node) ?? -1)
    return [...groups].map(([group, memberIds]) => ({
      level,
      group,
      parentGroup: next?.get(memberIds[0] ?? ''),
      memberIds,
      memberHash: hashContent(memberIds.join('\n')),
      namedIds: memberIds
        .toSorted((a, b) => graph.degree(b) - graph.degree(a))
        .slice(0, NAMED_MEMBERS),
      ...counts(group),
      density: densityOf(counts(group).internalEdges, memberIds.length),
      modularity: partition.modularity,
    }))
  })
}

/** Related pairs as a share of all pairs; 1 where there is no pair. */
export const densityOf = (internalEdges: number, members: number): number =>
  members < 2 ? 1 : internalEdges / ((members * (members - 1)) / 2)

const countEdges = (graph: WeightedGraph, groups: ReadonlyMap<string, number>) => {
  const counts = new Map<number, { internalEdges: number; externalEdges: number }>()
  const countOf = (group: number) => {
    const count = counts.get(group) ?? { internalEdges: 0, externalEdges: 0 }
    counts.set(group, count)
    return count
  }
  for (const { source, target } of graph.edgeEntries()) {
    const [from, to] = [groups.get(source) ?? -1, groups.get(target) ?? -1]
    if (from === to) countOf(from).internalEdges += 1
    else for (const group of [from, to]) countOf(group).externalEdges += 1
  }
  return countOf
}
