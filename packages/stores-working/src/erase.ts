import { eraseDerivations } from '@athena-memory/db-core/stores'
import type { Database } from '@athena-memory/db-core'
import { and, eq, inArray, isNotNull, type SQL } from 'drizzle-orm'
import { WORKING_LAYER } from './items/item.ts'
import { goalsUnder } from './goals/find-goals.ts'
import type { StoreContext } from './store-context.ts'

/** A row of a layer. */
export interface LayerRow {
  readonly layer: string
  readonly id: string
}

/** What was erased. */
export interface ForgetReceipt {
  /** False where there was nothing to forget. */
  readonly forgotten: boolean
  readonly items: number
  /** Goals, with those that serve them. */
  readonly goals: number
  readonly documents: number
  readonly embeddings: number
  /** Records of what was derived from what. */
  readonly derivations: number
  /** Copies that records of the router and chunks held. What the router learned of are numbers, and stay. */
  readonly copies: number
  /** Where it went to another layer, into a chunk, or into what was derived from it; these stay. */
  readonly affected: LayerRow[]
}

/** Erases items and goals, there or gone, to the last copy; see `ItemMethods.forget`. */
export const forgetItems = (store: StoreContext, ids: readonly string[]): Promise<ForgetReceipt> =>
  store.db.transaction(async (tx) => {
    const goals = await goalsUnder(tx, ids)
    const all = [...new Set([...ids, ...goals])]
    const affected = await findAffected(tx, all)
    const derivations = (await eraseDerivations(tx, { layer: WORKING_LAYER, ids: all })).length
    const copies = (await eraseCopies(tx, all)) + (await eraseSnapshots(tx, all))
    const removed = await removeRows(store, tx, all)
    const forgotten = removed.items + goals.length + copies > 0
    return { forgotten, ...removed, goals: goals.length, derivations, copies, affected }
  })

/** Erases the held items of a condition; how many there were. */
export const releaseItems = (
  store: StoreContext,
  isReleased: (tx: Database) => SQL | undefined,
): Promise<number> =>
  store.db.transaction(async (tx) => {
    const { workingItems } = tx.tables
    const rows = await tx.query
      .select({ id: workingItems.id })
      .from(workingItems)
      .where(isReleased(tx))
    const ids = rows.map(({ id }) => id)
    await eraseCopies(tx, ids)
    return (await removeRows(store, tx, ids)).items
  })

/** Erases what the router's records hold of rows that came from here; see `ItemMethods.forgetMoved`. */
export const forgetMoved = (
  { db }: StoreContext,
  { layer, ids }: { layer: string; ids: readonly string[] },
): Promise<number> =>
  db.transaction(async (tx) => {
    const { routes } = tx.tables
    const went = and(eq(routes.actualLayer, layer), inArray(routes.actualId, [...ids]))
    const rows = await tx.query.select({ itemId: routes.itemId }).from(routes).where(went)
    const itemIds = rows.map(({ itemId }) => itemId)
    return eraseCopies(tx, itemIds)
  })

const removeRows = async ({ documents }: StoreContext, tx: Database, ids: readonly string[]) => {
  const { workingItems, workingGoals } = tx.tables
  const erased = await documents.remove(tx, { layer: WORKING_LAYER, sourceIds: ids })
  const items = await tx.query
    .delete(workingItems)
    .where(inArray(workingItems.id, [...ids]))
    .returning({ id: workingItems.id })
  await tx.query.delete(workingGoals).where(inArray(workingGoals.id, [...ids]))
  return { items: items.length, ...erased }
}

/** Takes texts out of the router's records; the numbers that it learns from hold none. */
const eraseCopies = async (
  { query, tables: { routes } }: Database,
  itemIds: readonly string[],
): Promise<number> => {
  const rows = await query
    .select({ id: routes.id, item: routes.item })
    .from(routes)
    .where(inArray(routes.itemId, [...itemIds]))
  const holding = rows.filter(({ item }) => Object.keys(item).length > 0).map(({ id }) => id)
  await query.update(routes).set({ item: {} }).where(inArray(routes.id, holding))
  return holding.length
}

/** Takes out of chunks what they keep of these items; their own text is another one. */
const eraseSnapshots = async (
  { query, tables: { workingItemParts } }: Database,
  ids: readonly string[],
): Promise<number> => {
  const { partLayer, partId, snapshot } = workingItemParts
  const erased = await query
    .update(workingItemParts)
    .set({ snapshot: null })
    .where(and(eq(partLayer, WORKING_LAYER), inArray(partId, [...ids]), isNotNull(snapshot)))
    .returning({ id: workingItemParts.id })
  return erased.length
}

/** Where these items went, and what was made of them. */
const findAffected = async (tx: Database, ids: readonly string[]): Promise<LayerRow[]> => {
  const found = [
    ...(await findMoved(tx, ids)),
    ...(await findWholes(tx, ids)),
    ...(await findDerived(tx, ids)),
  ]
  const others = found.filter(({ layer, id }) => layer !== WORKING_LAYER || !ids.includes(id))
  const byName = new Map(others.map((row) => [`${row.layer} ${row.id}`, row]))
  return [...byName].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row)
}

const findMoved = async (
  { query, tables: { routes } }: Database,
  ids: readonly string[],
): Promise<LayerRow[]> => {
  const rows = await query
    .select({ layer: routes.actualLayer, id: routes.actualId })
    .from(routes)
    .where(and(inArray(routes.itemId, [...ids]), isNotNull(routes.actualId)))
  return rows.flatMap(({ layer, id }) => (layer !== null && id !== null ? [{ layer, id }] : []))
}

const findWholes = async (
  { query, tables: { workingItemParts } }: Database,
  ids: readonly string[],
): Promise<LayerRow[]> => {
  const { partLayer, partId } = workingItemParts
  const rows = await query
    .selectDistinct({ id: workingItemParts.itemId })
    .from(workingItemParts)
    .where(and(eq(partLayer, WORKING_LAYER), inArray(partId, [...ids])))
  return rows.map(({ id }) => ({ layer: WORKING_LAYER, id }))
}

const findDerived = (
  { query, tables: { derivations } }: Database,
  ids: readonly string[],
): Promise<LayerRow[]> =>
  query
    .selectDistinct({ layer: derivations.derivedLayer, id: derivations.derivedId })
    .from(derivations)
    .where(
      and(eq(derivations.evidenceLayer, WORKING_LAYER), inArray(derivations.evidenceId, [...ids])),
    )
