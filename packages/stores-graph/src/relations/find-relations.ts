import type { Database, Tables } from '@athena-memory/db-core'
import { and, desc, inArray, isNull, or, type SQL } from 'drizzle-orm'
import { lookUp } from '../chunks.ts'
import { isTrueAt } from '../is-true-at.ts'
import { behind, cutPage, DEFAULT_LIMIT, type PageRequest } from '../page.ts'
import { type Relation, type RelationRow, toRelation } from './relation.ts'

/** Which way relations are followed: as they point, against it, or either way. */
export const DIRECTIONS = ['out', 'in', 'both'] as const
export type Direction = (typeof DIRECTIONS)[number]

/** Which relations count. */
export interface RelationScope {
  readonly relationTypes?: readonly string[] | undefined
  /** The moment at which they must be true; default now. */
  readonly asOf?: Date | undefined
}

/** Which relations to list. */
export interface RelationFilter extends PageRequest, RelationScope {
  readonly entityId: string
  /** Default `both`. */
  readonly direction?: Direction | undefined
  /** All that ever was, ended and mistaken ones too; default false. */
  readonly includeEnded?: boolean | undefined
}

/** A page of relations. */
export interface RelationPage {
  readonly relations: Relation[]
  /** Where the next page begins; absent on the last. */
  readonly nextCursor?: string | undefined
}

/** A page of the relations of an entity; see `GraphStore.relations`. */
export const listRelations = async (
  { query, tables: { relations } }: Database,
  filter: RelationFilter,
  now: Date,
): Promise<RelationPage> => {
  const { limit = DEFAULT_LIMIT, direction = 'both', relationTypes } = filter
  const found = await query
    .select()
    .from(relations)
    .where(
      and(
        touches(relations, [filter.entityId], direction),
        filter.includeEnded
          ? ofTypes(relations, relationTypes)
          : inScope(relations, { relationTypes, asOf: filter.asOf ?? now }),
        behind(relations.createdAt, relations.id, filter.cursor),
      ),
    )
    .orderBy(desc(relations.createdAt), desc(relations.id))
    .limit(limit + 1)
  const { rows, nextCursor } = cutPage(found, limit, ({ createdAt, id }) => ({
    value: createdAt,
    id,
  }))
  return { relations: rows.map(toRelation), nextCursor }
}

type Relations = Tables['relations']

/** Relations that begin, end, or do either at one of these entities. */
export const touches = (
  { fromId, toId }: Relations,
  ids: readonly string[],
  direction: Direction,
): SQL | undefined =>
  or(
    direction === 'in' ? undefined : inArray(fromId, [...ids]),
    direction === 'out' ? undefined : inArray(toId, [...ids]),
  )

/** Relations of these types that are true at a moment. */
export const inScope = (
  relations: Relations,
  { relationTypes, asOf }: RelationScope & { readonly asOf: Date },
): SQL | undefined =>
  and(isTrueAt(relations, asOf), isNull(relations.supersededAt), ofTypes(relations, relationTypes))

const ofTypes = (
  { relationType }: Relations,
  types: readonly string[] | undefined,
): SQL | undefined => types && inArray(relationType, [...types])

/** Relations by their ids; those that are not there are left out. */
export const relationsById = async (
  { query, tables: { relations } }: Database,
  ids: Iterable<string>,
): Promise<Map<string, Relation>> => {
  const rows: RelationRow[] = await lookUp(ids, (chunk) =>
    query.select().from(relations).where(inArray(relations.id, chunk)),
  )
  return new Map(rows.map((row) => [row.id, toRelation(row)]))
}
