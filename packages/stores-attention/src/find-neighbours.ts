import type { Database } from '@athena-memory/db-core'
import { and, desc, eq, gte, inArray, or, type SQL } from 'drizzle-orm'
import { type Association, type AssociationKind, toAssociation } from './association.ts'
import { type ItemRef, keyOf, namesItem } from './item-ref.ts'
import { beyond, cutPage, DEFAULT_LIMIT, fromCursor, type PageOptions } from './page.ts'

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
        touches(db, [item], direction),
        strongEnough(db, options),
        after &&
          beyond({ column: associations.strength, id: associations.id }, after.value, after.id),
      ),
    )
    .orderBy(desc(associations.strength), desc(associations.id))
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
  items: readonly ItemRef[],
  direction: Direction,
): SQL | undefined =>
  or(
    direction === 'in'
      ? undefined
      : namesItem({ layer: associations.fromLayer, id: associations.fromId }, items),
    direction === 'out'
      ? undefined
      : namesItem({ layer: associations.toLayer, id: associations.toId }, items),
  )

const strongEnough = (
  { tables: { associations } }: Database,
  {
    projectId,
    kinds,
    minStrength = MIN_STRENGTH,
  }: Pick<NeighbourOptions, 'projectId' | 'kinds' | 'minStrength'>,
): SQL | undefined =>
  and(
    eq(associations.projectId, projectId),
    gte(associations.strength, minStrength),
    kinds && inArray(associations.kind, [...kinds]),
  )

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
    .where(and(touches(db, items, direction), strongEnough(db, filter)))
    .orderBy(desc(associations.strength), desc(associations.id))
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
