import { chunksOf } from '@athena-memory/db-core/stores'
import type { Database } from '@athena-memory/db-core'
import { and } from 'drizzle-orm'
import { CHUNK_IDS } from '../chunks.ts'
import type { Entity } from '../entities/entity.ts'
import { entitiesById } from '../entities/find-entities.ts'
import { byId, type Edge, loadEdges } from '../relations/edge.ts'
import {
  type Direction,
  inScope,
  relationsById,
  type RelationScope,
  touches,
} from '../relations/find-relations.ts'
import type { Relation } from '../relations/relation.ts'
import { type Ball, createBall } from './ball.ts'
import { createCostGraph } from './cost-graph.ts'
import { edgesOf, kShortestPaths } from './k-shortest-paths.ts'
import { LEAST_COST, relationCost } from './relation-cost.ts'
import { endsOf } from './walk.ts'

/** Between which entities to find ways, and which. */
export interface PathOptions extends RelationScope {
  readonly fromId: string
  readonly toId: string
  /** Ways to find, from 1 to 20; default 1. */
  readonly k?: number | undefined
  /** Whether strong and sure relations are short; otherwise each counts 1. Default true. */
  readonly isWeighted?: boolean | undefined
  /** Default `both`. */
  readonly direction?: Direction | undefined
}

/** A way from one entity to another. */
export interface EntityPath {
  /** The sum of `relationCost` of its relations, or their number where nothing is weighted. */
  readonly cost: number
  /** From the one end to the other. */
  readonly entities: Entity[]
  /** Between each entity and the next. */
  readonly relations: Relation[]
}

/** The cheapest ways; see `GraphStore.shortestPath`. */
export const findShortestPaths = (
  db: Database,
  options: PathOptions,
  now: Date,
): Promise<EntityPath[]> =>
  db.read(async (snapshot) => {
    const ways = await search(snapshot, { ...options, asOf: options.asOf ?? now })
    const entities = await entitiesById(
      snapshot,
      ways.flatMap(({ nodes }) => nodes),
    )
    const relations = await relationsById(
      snapshot,
      ways.flatMap(({ relationIds }) => relationIds),
    )
    const paths = ways.map(({ cost, nodes, relationIds }) => ({
      cost,
      entities: nodes.flatMap((id) => entities.get(id) ?? []),
      relations: relationIds.flatMap((id) => relations.get(id) ?? []),
    }))
    return paths.filter((path) => path.entities.length > 0)
  })

type Search = PathOptions & { readonly asOf: Date }

interface Way {
  readonly cost: number
  readonly nodes: readonly string[]
  readonly relationIds: readonly string[]
}

/**
 * Grows a ball around each end until no way that is not loaded can be cheaper than those found. A relation
 * that is in neither ball leads from an entity outside the one to an entity outside the other: a way
 * through it costs both radii and the relation at least.
 */
const search = async (db: Database, options: Search): Promise<Way[]> => {
  const { fromId, toId, k = 1, direction = 'both' } = options
  if (fromId === toId) return [{ cost: 0, nodes: [fromId], relationIds: [] }]
  const ball = { costOf: costBy(options), load: loadBy(db, options) }
  const near = createBall(fromId, { ...ball, direction })
  const far = createBall(toId, { ...ball, direction: REVERSE[direction] })
  for (;;) {
    const [nearRadius, farRadius] = [near.radius(), far.radius()]
    const reach = nearRadius + farRadius + LEAST_COST
    const least = leastCost(near, far)
    const ways = waysWithin({ reach, least }, [near, far], options)
    if (ways.length >= k || reach === Infinity) return ways
    // Of one way the cost is known as soon as there is any: what is farther need not be loaded.
    const within = k === 1 ? least - LEAST_COST : Infinity
    if (near.edges.size <= far.edges.size) await near.grow(within - farRadius)
    else await far.grow(within - nearRadius)
  }
}

const REVERSE = { out: 'in', in: 'out', both: 'both' } as const satisfies Record<
  Direction,
  Direction
>

const costBy =
  ({ isWeighted = true }: Search) =>
  ({ weight }: Edge): number =>
    isWeighted ? relationCost(weight) : 1

const loadBy =
  (db: Database, scope: Search) => async (ids: readonly string[], direction: Direction) => {
    const { relations } = db.tables
    const edges: Edge[] = []
    for (const chunk of chunksOf(ids, CHUNK_IDS)) {
      const condition = and(touches(relations, chunk, direction), inScope(relations, scope))
      edges.push(...(await loadEdges(db, condition)))
    }
    return edges
  }

/** Sums of the same costs differ in their last digits, depending on their order. */
const ROUNDING = 1e-9

const waysWithin = (
  { reach, least }: { reach: number; least: number },
  [near, far]: readonly [Ball, Ball],
  options: Search,
): Way[] => {
  const { fromId, toId, k = 1, direction = 'both' } = options
  if (least > reach + ROUNDING || least === Infinity) return []
  const most = (k === 1 ? least : reach) + ROUNDING
  const costOf = costBy(options)
  const edges = new Map([...near.edges, ...far.edges])
  const [toNear, toFar] = [leastCostTo(near), leastCostTo(far)]
  const relevant = [...edges.values()].filter((edge) =>
    endsOf(edge, direction).some(([a, b]) => toNear(a) + costOf(edge) + toFar(b) <= most),
  )
  const graph = createCostGraph(relevant.sort(byId), { direction, costOf })
  return kShortestPaths(graph, [fromId, toId], k)
    .filter(({ cost }) => cost <= most)
    .map(({ cost, nodes }) => ({
      cost,
      nodes,
      relationIds: edgesOf(graph, nodes).map(({ relationId }) => relationId),
    }))
}

/** The least cost of a way through what both balls know. */
const leastCost = (near: Ball, far: Ball): number => {
  let least = Infinity
  for (const [id, cost] of near.costs)
    least = Math.min(least, cost + (far.costs.get(id) ?? Infinity))
  return least
}

/** What the way from the middle of a ball to an entity costs at least: its whole radius, if it is outside. */
const leastCostTo = (ball: Ball) => {
  const radius = ball.radius()
  return (id: string): number => Math.min(ball.costs.get(id) ?? Infinity, radius)
}
