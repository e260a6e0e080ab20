import type { Database } from '@athena-memory/db-core'
import { and } from 'drizzle-orm'
import { CHUNK_IDS } from '../chunks.ts'
import { byId, type Edge, loadEdges } from '../relations/edge.ts'
import {
  type Direction,
  inScope,
  type RelationScope,
  touches,
} from '../relations/find-relations.ts'

/** Relations that one level of a walk reads. */
const LEVEL_EDGES = 20_000

/** Where a walk begins and which relations it follows. */
export interface WalkOptions extends RelationScope {
  readonly asOf: Date
  readonly startIds: readonly string[]
  /** Relations to go at most, from 1. */
  readonly depth: number
  readonly direction: Direction
}

/** How an entity was reached: the strongest relation of the first level that leads to it. */
export interface Step {
  readonly id: string
  readonly depth: number
  readonly edge: Edge
}

/** What a walk reached, level by level, on each the strongest first. */
export interface Walk {
  readonly steps: Step[]
  /** Whether there was more than a level may hold. */
  readonly isTruncated: boolean
}

/** Walks from some entities in rings: one statement for each level, whatever it holds. */
export const walk = async (db: Database, options: WalkOptions): Promise<Walk> => {
  const { relations } = db.tables
  const { direction, startIds } = options
  const reached = new Set(startIds)
  const steps: Step[] = []
  let frontier = startIds
  let isTruncated = false
  for (let depth = 1; depth <= options.depth && frontier.length > 0; depth += 1) {
    const ids = frontier.slice(0, CHUNK_IDS)
    const condition = and(touches(relations, ids, direction), inScope(relations, options))
    const edges = await loadEdges(db, condition, LEVEL_EDGES)
    isTruncated ||= edges.length === LEVEL_EDGES || ids.length < frontier.length
    const level = stepsOf(edges, { from: new Set(ids), reached, direction })
    steps.push(...level.map((step) => ({ ...step, depth })))
    frontier = level.map(({ id }) => id)
  }
  return { steps, isTruncated }
}

const stepsOf = (
  edges: readonly Edge[],
  {
    from,
    reached,
    direction,
  }: { from: ReadonlySet<string>; reached: Set<string>; direction: Direction },
): Omit<Step, 'depth'>[] => {
  const level: Omit<Step, 'depth'>[] = []
  for (const edge of edges.toSorted((a, b) => b.weight - a.weight || byId(a, b))) {
    for (const [near, far] of endsOf(edge, direction)) {
      if (!from.has(near) || reached.has(far)) continue
      reached.add(far)
      level.push({ id: far, edge })
    }
  }
  return level
}

/** From where to where a relation leads, when followed in a direction. */
export const endsOf = (
  { fromId, toId }: Edge,
  direction: Direction,
): (readonly [near: string, far: string])[] => [
  ...(direction === 'in' ? [] : [[fromId, toId] as const]),
  ...(direction === 'out' ? [] : [[toId, fromId] as const]),
]
