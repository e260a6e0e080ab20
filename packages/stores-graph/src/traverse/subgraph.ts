import type { Database } from '@athena-memory/db-core'
import { and, desc, inArray, sql } from 'drizzle-orm'
import type { Entity } from '../entities/entity.ts'
import { entitiesById } from '../entities/find-entities.ts'
import { type Direction, inScope, type RelationScope } from '../relations/find-relations.ts'
import { type Relation, toRelation } from '../relations/relation.ts'
import { walk } from './walk.ts'

/** Which part of the graph to cut out. */
export interface SubgraphOptions extends RelationScope {
  /** In the middle; at most 100. */
  readonly entityIds: readonly string[]
  /** Relations to go from there at most, from 0 to 5; default 1. */
  readonly depth?: number | undefined
  /** Default `both`. */
  readonly direction?: Direction | undefined
  /** Entities; default 100. */
  readonly limit?: number | undefined
}

/** A part of the graph. */
export interface Subgraph {
  /** Those in the middle first, then by distance. */
  readonly entities: Entity[]
  /** All relations between these, the strongest first. */
  readonly relations: Relation[]
  /** Whether there is more than is told. */
  readonly isTruncated: boolean
}

const DEFAULT_ENTITIES = 100

/** Relations that a part may have for each entity asked for. */
const RELATIONS_PER_ENTITY = 20

/** A part of the graph; see `GraphStore.subgraph`. */
export const cutSubgraph = (db: Database, options: SubgraphOptions, now: Date): Promise<Subgraph> =>
  db.read(async (snapshot) => {
    const { entityIds, depth = 1, direction = 'both', limit = DEFAULT_ENTITIES } = options
    const scope = { asOf: options.asOf ?? now, relationTypes: options.relationTypes }
    const startIds = [...new Set(entityIds)]
    const { steps, isTruncated } = await walk(snapshot, { ...scope, startIds, depth, direction })
    const all = [...startIds, ...steps.map(({ id }) => id)]
    const byId = await entitiesById(snapshot, all.slice(0, limit))
    const entities = all.flatMap((id) => byId.get(id) ?? [])
    const most = limit * RELATIONS_PER_ENTITY
    const relations = await relationsAmong(snapshot, [...byId.keys()], { ...scope, most })
    return {
      entities,
      relations: relations.slice(0, most),
      isTruncated: isTruncated || all.length > limit || relations.length > most,
    }
  })

/** At most one more than `most` relations between these entities, the strongest first, then by ids. */
export const relationsAmong = async (
  { query, tables: { relations } }: Database,
  ids: readonly string[],
  { most, ...scope }: RelationScope & { readonly asOf: Date; readonly most: number },
): Promise<Relation[]> => {
  const among = [...ids]
  const rows = await query
    .select()
    .from(relations)
    .where(
      and(
        inArray(relations.fromId, among),
        inArray(relations.toId, among),
        inScope(relations, scope),
      ),
    )
    .orderBy(desc(sql`${relations.strength} * ${relations.confidence}`), relations.id)
    .limit(most + 1)
  return rows.map(toRelation)
}
