import type { Database } from '@athena-memory/db-core'
import { and, inArray } from 'drizzle-orm'
import type { Entity } from './entities/entity.ts'
import { type EntityFilter, findEntities } from './entities/find-entities.ts'
import { groupBy } from './group-by.ts'
import { newestObservations } from './observations/find-observations.ts'
import { inScope } from './relations/find-relations.ts'
import { type Relation, toRelation } from './relations/relation.ts'

/** Which part of the graph to show, and as of when. */
export interface AsOfOptions extends EntityFilter {
  /** The moment at which relations and observations must be true. */
  readonly at: Date
}

/** An entity with what was true of it. */
export interface EntityAsOf {
  readonly entity: Entity
  /** At most 100, the newest last. */
  readonly observations: { id: string; content: string }[]
  /** From it to others; over all entities of the page at most 5,000, in the order they were made. */
  readonly relations: Relation[]
}

/** A page of the graph as it was; the entities made last first. */
export interface AsOfPage {
  readonly entities: EntityAsOf[]
  /** Where the next page begins; absent on the last. */
  readonly nextCursor?: string | undefined
}

const MAX_OBSERVATIONS = 100
const MAX_RELATIONS = 5000

/** The graph as it was at a moment; see `GraphStore.asOf`. */
export const showAsOf = (db: Database, { at, ...filter }: AsOfOptions): Promise<AsOfPage> =>
  db.read(async (snapshot) => {
    const { relations } = snapshot.tables
    const { entities, nextCursor } = await findEntities(snapshot, filter)
    const ids = entities.map(({ id }) => id)
    const observed = await newestObservations(snapshot, ids, { most: MAX_OBSERVATIONS, asOf: at })
    const rows = await snapshot.query
      .select()
      .from(relations)
      .where(and(inArray(relations.fromId, ids), inScope(relations, { asOf: at })))
      .orderBy(relations.createdAt, relations.id)
      .limit(MAX_RELATIONS)
    const related = groupBy(rows.map(toRelation), ({ fromId }) => fromId)
    const shown = entities.map((entity) => ({
      entity,
      observations: (observed.get(entity.id) ?? []).map(({ id, content }) => ({ id, content })),
      relations: related.get(entity.id) ?? [],
    }))
    return { entities: shown, nextCursor }
  })
