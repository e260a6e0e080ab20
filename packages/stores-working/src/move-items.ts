import { type Database, StorageError } from '@athena-memory/db-core'
import { inArray } from 'drizzle-orm'
import { type ItemRow, toItem, type WorkingItem, WORKING_LAYER } from './items/item.ts'
import { findParts, redirectParts } from './items/item-parts.ts'
import { type Decision, decideRoute } from './router/decide.ts'
import { ROUTED_LAYERS, type RoutedLayer } from './router/layers.ts'
import { insertRoutes, type RouteDraft, toRouteDraft } from './router/record-route.ts'
import type { RouteMethod } from './router/route.ts'
import type { OutgoingItem, OutgoingPart, PreparedMove, WorkingSinks } from './sink.ts'
import type { StoreContext } from './store-context.ts'

/** An item that went to another layer. */
export interface MovedItem {
  readonly itemId: string
  /** Where it is now. */
  readonly layer: RoutedLayer
  readonly id: string
  /** Where it should have gone: another layer than `layer` where that takes nothing in. */
  readonly intendedLayer: RoutedLayer
  /** The record of why; feedback on it trains the router. */
  readonly routeId: string
  /** From 0 to 1. */
  readonly confidence: number
  readonly method: RouteMethod
}

/** A move that only has to be written. */
export interface PlannedMove {
  readonly route: RouteDraft
  readonly layer: RoutedLayer
  readonly intendedLayer: RoutedLayer
  readonly move: PreparedMove
}

/** Planned moves by the id of the item. */
export type MovePlan = ReadonlyMap<string, PlannedMove>

interface Departure {
  readonly item: WorkingItem
  readonly parts: readonly OutgoingPart[]
  readonly decision: Decision
  readonly layer: RoutedLayer
  readonly intendedLayer: RoutedLayer
}

/**
 * Decides where items of one project go and has their layers make them ready, outside the transaction
 * that moves them.
 *
 * @param wanted the layer that the caller wants them in; default: what the router says
 */
export const planMoves = async (
  store: StoreContext,
  rows: readonly ItemRow[],
  wanted?: RoutedLayer,
): Promise<MovePlan> => {
  const departures = await decideAll(store, rows, wanted)
  const plan = new Map<string, PlannedMove>()
  for (const layer of ROUTED_LAYERS) {
    const going = departures.filter((departure) => departure.layer === layer)
    for (const [index, move] of (await prepareAll(store.sinks, layer, going)).entries()) {
      const departure = going[index]
      if (departure) plan.set(departure.item.id, toPlanned(store, departure, { move, wanted }))
    }
  }
  return plan
}

const decideAll = async (
  { db, readModel, now, sinks }: StoreContext,
  rows: readonly ItemRow[],
  wanted: RoutedLayer | undefined,
): Promise<Departure[]> => {
  const [first] = rows
  if (!first) return []
  const at = now()
  const router = await readModel(db, first.projectId)
  const ids = rows.map(({ id }) => id)
  const parts = await findParts(db, ids)
  return rows.map((row) => {
    const item = toItem(row, at)
    const decision = decideRoute(item, { router, at })
    const intendedLayer = wanted ?? decision.targetLayer
    const layer = bestWithSink(sinks, [intendedLayer, ...decision.ranking.map((it) => it.layer)])
    return { item, parts: parts.get(item.id) ?? [], decision, layer, intendedLayer }
  })
}

const bestWithSink = (sinks: WorkingSinks, layers: readonly RoutedLayer[]): RoutedLayer => {
  const layer = layers.find((candidate) => sinks[candidate])
  if (layer !== undefined) return layer
  throw new StorageError('conflict', { detail: `nothing can leave: ${NO_SINKS}` })
}

/** What is wrong where nothing can be moved, and what would be right. */
export const NO_SINKS =
  'no layer takes in what leaves working memory; release items, or open the store with sinks'

/** Whether there is any layer to move items to. */
export const hasSinks = (sinks: WorkingSinks): boolean =>
  ROUTED_LAYERS.some((layer) => sinks[layer])

const prepareAll = async (
  sinks: WorkingSinks,
  layer: RoutedLayer,
  going: readonly Departure[],
): Promise<readonly PreparedMove[]> => {
  const sink = sinks[layer]
  if (!sink || going.length === 0) return []
  const moves = await sink.prepare(going.map(toOutgoing))
  if (moves.length === going.length) return moves
  const detail = `the sink of ${layer} must prepare one move for each item`
  throw new StorageError('invalid', { detail })
}

const toOutgoing = ({ item, parts, intendedLayer }: Departure): OutgoingItem => {
  const { id, projectId, content, contentType, component, importance, activation } = item
  const { tags, source, origin, path, pathKind, createdAt } = item
  const kept = { id, projectId, content, contentType, component, importance, activation }
  return {
    ...kept,
    tags,
    source,
    origin,
    path,
    pathKind,
    parts,
    heldSince: createdAt,
    intendedLayer,
  }
}

const toPlanned = (
  { newId, now }: StoreContext,
  { item, parts, decision, layer, intendedLayer }: Departure,
  { move, wanted }: { move: PreparedMove; wanted: RoutedLayer | undefined },
): PlannedMove => {
  const route = toRouteDraft(item, decision, { id: newId(), at: now(), parts, wanted })
  return { route, layer, intendedLayer, move }
}

/** Moves planned items inside a transaction: into their layers, and out of working memory. */
export const writeMoves = async (
  { documents }: StoreContext,
  tx: Database,
  planned: readonly PlannedMove[],
): Promise<MovedItem[]> => {
  const [first] = planned
  if (!first) return []
  const moved: MovedItem[] = []
  for (const { route, layer, intendedLayer, move } of planned) {
    const { id } = await move.write(tx)
    const { itemId, confidence, method } = route
    moved.push({ itemId, layer, id, intendedLayer, routeId: route.id, confidence, method })
  }
  const routes = planned.map(({ route }, at) => ({
    ...route,
    actualLayer: moved[at]?.layer ?? null,
    actualId: moved[at]?.id ?? null,
  }))
  await insertRoutes(tx, routes)
  await redirectParts(tx, first.route.projectId, moved)
  const ids = moved.map(({ itemId }) => itemId)
  await removeItems({ documents }, tx, ids)
  return moved
}

/** Removes items with their documents; how much was erased. Fails where one is not there any more. */
export const removeItems = async (
  { documents }: Pick<StoreContext, 'documents'>,
  tx: Database,
  ids: readonly string[],
) => {
  const { workingItems } = tx.tables
  const gone = await tx.query
    .delete(workingItems)
    .where(inArray(workingItems.id, [...ids]))
    .returning({ id: workingItems.id })
  if (gone.length < ids.length) throw new StorageError('busy')
  return documents.remove(tx, { layer: WORKING_LAYER, sourceIds: ids })
}
