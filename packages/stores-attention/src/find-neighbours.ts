import type { Database } from '@athena-memory/db-core'
import { and, type Column, desc, eq, gte, inArray, or, type SQL, sql } from 'drizzle-orm'
import { type Association, type AssociationKind, toAssociation } from './association.ts'
import {
  beyond,
  cutPage,
  DEFAULT_LIMIT,
  fromCursor,
  type ItemRef,
  keyOf,
  namesItem,
  type PageOptions,
} from '@athena-memory/db-core/stores'

/** Associations weaker than this are as good as none. */
export const MIN_STRENGTH = 0.1

/** Which way associations are followed: from the item, to it, or both. */
export const DIRECTIONS = ['out', 'in', 'both'] as const
export type Direction = (typeof DIRECTIONS)[number]

/** Whose neighbours. */
export interface NeighbourOptions extends PageOptions {
  readonly projectId: string
  readonly item: ItemRef
  /** Default `both`. */
  readonly direction?: Direction | undefined
  /** Default: any. */
  readonly kinds?: readonly AssociationKind[] | undefined
  /** Default .1. */
  readonly minStrength?: number | undefined
}

/** An item at the other end of an association. */
export interface Neighbour extends ItemRef {
  /** Whether the association leads to it (`out`) or comes from it (`in`). */
  readonly direction: Exclude<Direction, 'both'>
  readonly association: Association
}

/** Neighbours, those of the strongest associations first. */
export interface NeighbourPage {
  readonly neighbours: Neighbour[]
  /** Where the next page begins; absent on the last. */
  readonly nextCursor?: string | undefined
}

/** What an item is associated with; see `AttentionStore.neighbours`. */
export const findNeighbours = async (
  db: Database,
  options: NeighbourOptions,
): Promise<NeighbourPage> => {
  const { item, direction = 'both', limit = DEFAULT_LIMIT, cursor } = options
  const { associations } = db.tables
  const after = cursor === undefined ? undefined : fromCursor(cursor)
  const rows = await db.query
    .select()
    .from(associations)
    .where(
      and(
        touches(db, { ...options, items: [item], direction }),
        after &&
          beyond({ column: associations.strength, id: associations.id }, after.value, after.id),
      ),
    )
    .orderBy(...strongestFirst(db))
    .limit(limit + 1)
  const { page, nextCursor } = cutPage(rows, limit, ({ strength, id }) => ({ value: strength, id }))
  const neighbours = page.map(toAssociation).map((association) => neighbourOf(item, association))
  return { neighbours, nextCursor }
}

const neighbourOf = (item: ItemRef, association: Association): Neighbour =>
  keyOf(association.from) === keyOf(item)
    ? { ...association.to, direction: 'out', association }
    : { ...association.from, direction: 'in', association }

/** Associations that begin or end at one of the items, as a condition. */
const touches = (
  { tables: { associations } }: Database,
  { projectId, items, direction, kinds, minStrength = MIN_STRENGTH }: EdgeOptions,
): SQL | undefined => {
  const { fromLayer, fromId, toLayer, toId, strength, kind } = associations
  // The project stands in both branches: SQLite looks up each in an index by what is in it alone.
  const ofProject = eq(associations.projectId, projectId)
  return and(
    or(
      direction === 'in'
        ? undefined
        : and(ofProject, namesItem({ layer: fromLayer, id: fromId }, items)),
      direction === 'out'
        ? undefined
        : and(ofProject, namesItem({ layer: toLayer, id: toId }, items)),
    ),
    gte(unindexed(strength), minStrength),
    kinds && inArray(kind, [...kinds]),
  )
}

const strongestFirst = ({ tables: { associations } }: Database): SQL[] => [
  desc(unindexed(associations.strength)),
  desc(associations.id),
]

/**
 * A column that no index serves: the ends of few associations are to be looked up, where databases
 * would rather walk all of the project by strength.
 */
const unindexed = (column: Column): SQL => sql`+${column}`

/** One way along an association. */
export interface Edge {
  readonly from: ItemRef
  readonly to: ItemRef
  readonly association: Association
}

/** Where to look for edges. */
export interface EdgeOptions extends Pick<
  NeighbourOptions,
  'projectId' | 'direction' | 'kinds' | 'minStrength'
> {
  readonly items: readonly ItemRef[]
}

/** The most associations that one step looks at, the strongest. */
const MAX_EDGES = 5000

/** The ways out of any number of items, in one statement, along the strongest associations first. */
export const findEdges = async (
  db: Database,
  { items, direction = 'both', ...filter }: EdgeOptions,
): Promise<Edge[]> => {
  const { associations } = db.tables
  const rows = await db.query
    .select()
    .from(associations)
    .where(touches(db, { ...filter, items, direction }))
    .orderBy(...strongestFirst(db))
    .limit(MAX_EDGES)
  const starts = new Set(items.map(keyOf))
  return rows.map(toAssociation).flatMap((association) => {
    const { from, to } = association
    const ways = [
      ...(direction === 'in' ? [] : [{ from, to, association }]),
      ...(direction === 'out' ? [] : [{ from: to, to: from, association }]),
    ]
    return ways.filter((way) => starts.has(keyOf(way.from)))
  })
}
