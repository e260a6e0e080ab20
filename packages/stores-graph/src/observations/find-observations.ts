import type { Database } from '@athena-memory/db-core'
import { and, desc, eq, inArray, isNull, lte, type SQL, sql } from 'drizzle-orm'
import { lookUp } from '../chunks.ts'
import { groupBy } from '../group-by.ts'
import { isTrueAt } from '../is-true-at.ts'
import { behind, cutPage, DEFAULT_LIMIT, type PageRequest } from '../page.ts'
import { type Observation, type ObservationRow, toObservation } from './observation.ts'

/** Which observations to list. */
export interface ObservationFilter extends PageRequest {
  readonly entityId: string
  /** The moment at which they must be true; default now. */
  readonly asOf?: Date | undefined
  /** All that was ever observed, whatever is true when; default false. */
  readonly includeSuperseded?: boolean | undefined
}

/** A page of observations. */
export interface ObservationPage {
  readonly observations: Observation[]
  /** Where the next page begins; absent on the last. */
  readonly nextCursor?: string | undefined
}

/** A page of what is known of an entity; see `GraphStore.observations`. */
export const listObservations = async (
  { query, tables: { observations } }: Database,
  filter: ObservationFilter,
  now: Date,
): Promise<ObservationPage> => {
  const { limit = DEFAULT_LIMIT, asOf = now } = filter
  const found = await query
    .select()
    .from(observations)
    .where(
      and(
        eq(observations.entityId, filter.entityId),
        filter.includeSuperseded ? undefined : isTrueAt(observations, asOf),
        behind(observations.observedAt, observations.id, filter.cursor),
      ),
    )
    .orderBy(desc(observations.observedAt), desc(observations.id))
    .limit(limit + 1)
  const { rows, nextCursor } = cutPage(found, limit, ({ observedAt, id }) => ({
    value: observedAt,
    id,
  }))
  return { observations: rows.map(toObservation), nextCursor }
}

/** An observation as it stands in a text. */
export interface ToldObservation {
  readonly id: string
  readonly entityId: string
  readonly content: string
}

/**
 * The newest observations of each entity, the newest last: those that no other has replaced, or with
 * `asOf` those true at that moment.
 */
export const newestObservations = async (
  db: Database,
  entityIds: Iterable<string>,
  most: number | { readonly most: number; readonly asOf: Date },
): Promise<Map<string, ToldObservation[]>> => {
  const { observations } = db.tables
  const { most: limit, asOf } = typeof most === 'number' ? { most, asOf: undefined } : most
  const isTold =
    asOf === undefined ? isNull(observations.supersededAt) : isTrueAt(observations, asOf)
  const { entityId, observedAt, id } = observations
  const place = sql<number>`row_number() over (partition by ${entityId} order by ${observedAt} desc, ${id} desc)`
  const rows = await lookUp(entityIds, (chunk) => {
    const ranked = db.query
      .select({ id, entityId, content: observations.content, place: place.as('place') })
      .from(observations)
      .where(and(inArray(entityId, chunk), isTold))
      .as('ranked')
    return db.query
      .select({ id: ranked.id, entityId: ranked.entityId, content: ranked.content })
      .from(ranked)
      .where(lte(ranked.place, limit))
      .orderBy(ranked.entityId, desc(ranked.place))
  })
  return groupBy(rows, ({ entityId: owner }) => owner)
}

/** The row of an observation. */
export const findObservation = async (
  { query, tables: { observations } }: Database,
  id: string,
): Promise<ObservationRow | undefined> => {
  const [row] = await query.select().from(observations).where(eq(observations.id, id)).limit(1)
  return row
}

/** All observations that led to the same current one as any of these did, these included. */
export const observationChains = async (
  { query, tables: { observations } }: Database,
  ids: Iterable<string>,
): Promise<string[]> => {
  const rows = await lookUp(ids, (chunk) => {
    // Up to the current ones, then down to everything that they replaced.
    const chain: SQL = sql`(with recursive
      newer(id) as (
        select id from ${observations} where ${inArray(observations.id, chunk)}
        union
        select old.superseded_by from ${observations} old join newer on old.id = newer.id
        where old.superseded_by is not null
      ),
      chain(id) as (
        select id from newer
        union
        select old.id from ${observations} old join chain on old.superseded_by = chain.id
      )
      select id from chain)`
    return query
      .select({ id: observations.id })
      .from(observations)
      .where(inArray(observations.id, chain))
  })
  return [...new Set(rows.map(({ id }) => id))]
}
