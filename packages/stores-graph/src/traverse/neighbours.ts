import type { Database } from '@athena-memory/db-core'
import type { Entity } from '../entities/entity.ts'
import { entitiesById } from '../entities/find-entities.ts'
import { type Direction, relationsById, type RelationScope } from '../relations/find-relations.ts'
import type { Relation } from '../relations/relation.ts'
import { walk } from './walk.ts'

/** Whose neighbours to find, and how far away. */
export interface NeighbourOptions extends RelationScope {
  readonly entityId: string
  /** Relations to go at most, from 1 to 5; default 1. */
  readonly depth?: number | undefined
  /** Default `both`. */
  readonly direction?: Direction | undefined
  /** Default 100. */
  readonly limit?: number | undefined
}

/** An entity nearby. */
export interface Neighbour {
  readonly entity: Entity
  /** Relations between, from 1. */
  readonly depth: number
  /** The last relation of the way to it: the strongest that leads here from one level nearer. */
  readonly relation: Relation
}

/** What is near an entity. */
export interface Neighbourhood {
  readonly neighbours: Neighbour[]
  /** Whether there are more than are told. */
  readonly isTruncated: boolean
}

/** What a neighbourhood has unless a limit is given. */
const DEFAULT_NEIGHBOURS = 100

/** The neighbours of an entity; see `GraphStore.neighbours`. */
export const findNeighbours = (
  db: Database,
  options: NeighbourOptions,
  now: Date,
): Promise<Neighbourhood> =>
  db.read(async (snapshot) => {
    const { entityId, depth = 1, direction = 'both', limit = DEFAULT_NEIGHBOURS } = options
    const { asOf = now, relationTypes } = options
    const scope = { startIds: [entityId], depth, direction, asOf, relationTypes }
    const { steps, isTruncated } = await walk(snapshot, scope)
    const told = steps.slice(0, limit)
    const entities = await entitiesById(
      snapshot,
      told.map(({ id }) => id),
    )
    const relations = await relationsById(
      snapshot,
      told.map(({ edge }) => edge.id),
    )
    const neighbours = told.flatMap((step) => {
      const [entity, relation] = [entities.get(step.id), relations.get(step.edge.id)]
      return entity && relation ? [{ entity, relation, depth: step.depth }] : []
    })
    return { neighbours, isTruncated: isTruncated || steps.length > limit }
  })
