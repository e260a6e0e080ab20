import type { Edge } from '../relations/edge.ts'
import type { Direction } from '../relations/find-relations.ts'
import { endsOf } from './walk.ts'

/** Everything within some cost of an entity, grown from the middle. */
export interface Ball {
  /** The least known cost of the way to each entity; final for those nearer than `radius`. */
  readonly costs: ReadonlyMap<string, number>
  /** All relations that were loaded, by id. */
  readonly edges: ReadonlyMap<string, Edge>
  /** Whatever is nearer has all its relations loaded; infinite where nothing is left to load. */
  radius(): number
  /** Loads the relations of the nearest entities that have none yet, of those nearer than `within`. */
  grow(within: number): Promise<void>
}

/** What a ball is grown with. */
export interface BallOptions {
  /** The way that relations are followed from the middle outwards. */
  readonly direction: Direction
  readonly costOf: (edge: Edge) => number
  /** Relations that begin, end, or do either at these entities. */
  readonly load: (ids: readonly string[], direction: Direction) => Promise<Edge[]>
}

/** Entities of the first growth; each later one takes twice as many, up to the most. */
const FIRST_GROWTH = 8
const MAX_GROWTH = 1024

/** A ball around an entity, with nothing loaded yet. */
export const createBall = (sourceId: string, { direction, costOf, load }: BallOptions): Ball => {
  const costs = new Map([[sourceId, 0]])
  const edges = new Map<string, Edge>()
  const ways = new Map<string, { far: string; cost: number }[]>()
  const open = new Set([sourceId])
  const costTo = (id: string): number => costs.get(id) ?? Infinity
  let size = FIRST_GROWTH

  const addEdges = (loaded: readonly Edge[], from: ReadonlySet<string>): void => {
    for (const edge of loaded) {
      edges.set(edge.id, edge)
      for (const [near, far] of endsOf(edge, direction)) {
        if (from.has(near)) ways.get(near)?.push({ far, cost: costOf(edge) })
      }
    }
  }
  /** Passes lower costs on, through entities whose relations were loaded earlier too. */
  const relax = (ids: Iterable<string>): void => {
    const queue = [...ids]
    for (const id of queue) {
      for (const { far, cost } of ways.get(id) ?? []) {
        const total = costTo(id) + cost
        if (total >= costTo(far)) continue
        costs.set(far, total)
        if (ways.has(far)) queue.push(far)
        else open.add(far)
      }
    }
  }
  return {
    costs,
    edges,
    radius: () => [...open].reduce((least, id) => Math.min(least, costTo(id)), Infinity),
    async grow(within) {
      const nearest = [...open]
        .filter((id) => costTo(id) < within)
        .sort((a, b) => costTo(a) - costTo(b))
        .slice(0, size)
      size = Math.min(size * 2, MAX_GROWTH)
      const loaded = await load(nearest, direction)
      for (const id of nearest) {
        open.delete(id)
        ways.set(id, [])
      }
      addEdges(loaded, new Set(nearest))
      relax(nearest)
    },
  }
}
