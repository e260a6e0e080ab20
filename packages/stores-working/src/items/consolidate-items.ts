import { StorageError } from '@athena-memory/db-core'
import { hasSinks, type MovedItem, NO_SINKS, planMoves, writeMoves } from '../move-items.ts'
import type { RoutedLayer } from '../router/layers.ts'
import type { StoreContext } from '../store-context.ts'
import { type Component, leastActiveFirst } from './capacity.ts'
import { findItems, itemsGone } from './find-items.ts'
import { type ItemRow, toItem } from './item.ts'

/** Which items to move to other layers. */
export interface ConsolidationOptions {
  readonly projectId: string
  /** Default: the least active that are not in focus, as many as `count`. */
  readonly ids?: readonly string[] | undefined
  /** Default 3. */
  readonly count?: number | undefined
  readonly component?: Component | undefined
  /** Where to; default: where the router says. What differs from that trains it. */
  readonly layer?: RoutedLayer | undefined
}

const DEFAULT_COUNT = 3

/** Moves items to other layers; see `ItemMethods.consolidate`. */
export const consolidateItems = async (
  store: StoreContext,
  options: ConsolidationOptions,
): Promise<MovedItem[]> => {
  const { projectId, ids, component, count = DEFAULT_COUNT } = options
  const rows = await findItems(store.db, { projectId, component, ids: ids && [...new Set(ids)] })
  if (ids && rows.length < new Set(ids).size) throw itemsGone('ids')
  const chosen = ids ? rows : leastActive(store, rows).slice(0, count)
  return moveRows(store, chosen, options.layer)
}

/** Which items have faded. */
export interface DecayOptions {
  readonly projectId: string
  /** Default .05. */
  readonly threshold?: number | undefined
}

const DEFAULT_THRESHOLD = 0.05

/** Moves what has faded to other layers; see `ItemMethods.decay`. */
export const decayItems = async (
  store: StoreContext,
  { projectId, threshold = DEFAULT_THRESHOLD }: DecayOptions,
): Promise<MovedItem[]> => {
  const at = store.now()
  const rows = await findItems(store.db, { projectId })
  const faded = leastActive(store, rows).filter((row) => toItem(row, at).activation < threshold)
  return moveRows(store, faded)
}

/** What is not in focus, the least active first. */
const leastActive = ({ now }: StoreContext, rows: readonly ItemRow[]): ItemRow[] => {
  const at = now()
  return rows
    .filter(({ focusedAt }) => focusedAt === null)
    .toSorted((one, other) => leastActiveFirst(toItem(one, at), toItem(other, at)))
}

const moveRows = async (
  store: StoreContext,
  rows: readonly ItemRow[],
  layer?: RoutedLayer,
): Promise<MovedItem[]> => {
  const [first] = rows
  if (!first) return []
  if (!hasSinks(store.sinks)) throw new StorageError('conflict', { detail: NO_SINKS })
  const plan = await planMoves(store, rows, layer)
  const { projectId } = first
  return store.db.transaction(async (tx) => {
    // What somebody else has moved meanwhile is where it belongs already.
    const present = await findItems(tx, { projectId, ids: [...plan.keys()] })
    const planned = rows.flatMap(({ id }) =>
      present.some((item) => item.id === id) ? (plan.get(id) ?? []) : [],
    )
    return writeMoves(store, tx, planned)
  })
}
