import { type Database, StorageError } from '@athena-memory/db-core'
import type { PreparedDocument } from '@athena-memory/search'
import { memberOf } from '@athena-memory/db-core/stores'
import { activationAt } from './items/activation.ts'
import { type Component, COMPONENTS, makeRoom } from './items/capacity.ts'
import { findItems, itemsGone } from './items/find-items.ts'
import type { ItemDraft } from './items/item-draft.ts'
import { type ItemRow, toItem, type WorkingItem, WORKING_LAYER } from './items/item.ts'
import { type PartDraft, redirectParts } from './items/item-parts.ts'
import {
  hasSinks,
  type MovedItem,
  type MovePlan,
  NO_SINKS,
  planMoves,
  type PlannedMove,
  removeItems,
  writeMoves,
} from './move-items.ts'
import type { StoreContext } from './store-context.ts'

/** An item that comes into working memory. */
export interface Admission {
  readonly row: ItemDraft
  readonly redactions: number
  readonly document: PreparedDocument
  /** What it is made of. */
  readonly parts: readonly PartDraft[]
  /** Items that it is made of: they are to be there, and none of them leaves to make room. */
  readonly members: readonly string[]
  /** Whether its members go into it and leave working memory. */
  readonly absorbsMembers: boolean
}

/** What became of something to hold. */
export interface HeldItem {
  readonly item: WorkingItem
  /** Items that made room for it, and where they are now. */
  readonly moved: MovedItem[]
  /** Keys, tokens and passwords that were cut out. */
  readonly redactions: number
  /** What the caller should know, such as that the limit is near. */
  readonly notices: string[]
}

/** Rivals of other processes may take the place that was made ready: so often it is made anew. */
const MAX_ATTEMPTS = 100

/**
 * Takes an item in. What exceeds the capacity is made ready for its layer outside, and moved in the
 * transaction that writes the item: the limits hold and nothing is lost, whoever else writes.
 *
 * @throws StorageError `conflict` where there is no room and none can be made
 */
export const admitItem = (store: StoreContext, admission: Admission): Promise<HeldItem> => {
  const { projectId, component } = admission.row
  return store.takeTurn(`${component} ${projectId}`, async () => {
    const known = new Map<string, PlannedMove>()
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const outcome = await store.db.transaction((tx) => tryAdmit(store, tx, { admission, known }))
      if ('held' in outcome) return outcome.held
      for (const [id, move] of await planMoves(store, outcome.unplanned)) known.set(id, move)
    }
    throw new StorageError('busy')
  })
}

interface Attempt {
  readonly admission: Admission
  readonly known: MovePlan
}

/** The item as it is held, or who must be made ready to leave first; then nothing was written. */
const tryAdmit = async (
  store: StoreContext,
  tx: Database,
  { admission, known }: Attempt,
): Promise<{ held: HeldItem } | { unplanned: ItemRow[] }> => {
  const { row, members, absorbsMembers, redactions } = admission
  const component = memberOf(COMPONENTS, row.component, 'working_items.component')
  const present = await findItems(tx, { projectId: row.projectId, component })
  const staying = present.filter(({ id }) => !(absorbsMembers && members.includes(id)))
  const leaving = findLeaving(store, staying, { admission, component })
  const unplanned = leaving.filter(({ id }) => !known.has(id))
  if (unplanned.length > 0) return { unplanned }
  const planned = leaving.flatMap(({ id }) => known.get(id) ?? [])
  const moved = await writeMoves(store, tx, planned)
  await takeMembers(store, tx, admission)
  const stored = await insertItem(store, tx, admission)
  const heldNow = staying.length - leaving.length + 1
  const notices = noticesOf(store, admission, { component, heldNow })
  return { held: { item: toItem(stored, store.now()), moved, redactions, notices } }
}

/** Who must leave: what stands for the same path, and the least active as long as there are too many. */
const findLeaving = (
  { capacities, now, sinks }: StoreContext,
  staying: readonly ItemRow[],
  { admission, component }: { admission: Admission; component: Component },
): ItemRow[] => {
  const { row, members } = admission
  const { soft, hard } = capacities[component]
  const at = now()
  const replaced = staying.filter(({ path }) => path !== null && path === row.path)
  const occupants = staying
    .filter((item) => !replaced.includes(item))
    .map((item) => ({
      id: item.id,
      activation: activationAt(item, at),
      isFocused: item.focusedAt !== null || members.includes(item.id),
    }))
  const canMove = hasSinks(sinks)
  const room = makeRoom(occupants, canMove ? { soft, hard } : { soft: hard, hard })
  const leaving = [...replaced.map(({ id }) => id), ...room.leaving]
  if (replaced.length > 0 && !canMove) throw conflict(`path is held with another text: ${NO_SINKS}`)
  if (leaving.length > 0 && !canMove) throw full(component, hard, NO_SINKS)
  if (room.held > hard)
    throw full(component, hard, 'all of it is in focus or to be combined; focus on less')
  return staying.filter(({ id }) => leaving.includes(id))
}

const full = (component: Component, hard: number, why: string): StorageError =>
  conflict(`${component} has room for ${hard} items: ${why}`)

const conflict = (detail: string): StorageError => new StorageError('conflict', { detail })

/** What it is made of must still be there; a chunk takes it in. */
const takeMembers = async (
  { documents }: StoreContext,
  tx: Database,
  { row, members, absorbsMembers }: Admission,
): Promise<void> => {
  if (members.length === 0) return
  const { id, projectId } = row
  const present = await findItems(tx, { projectId, ids: members })
  if (present.length < members.length) throw itemsGone('itemIds')
  if (!absorbsMembers) return
  const places = members.map((itemId) => ({ itemId, layer: WORKING_LAYER, id }))
  await redirectParts(tx, projectId, places)
  await removeItems({ documents }, tx, members)
}

const insertItem = async (
  { documents }: StoreContext,
  tx: Database,
  { row, document, parts }: Admission,
): Promise<ItemRow> => {
  const { workingItems, workingItemParts } = tx.tables
  // A rival that is not visible yet then makes this transaction run again, and not fail.
  const [stored] = await tx.query.insert(workingItems).values(row).onConflictDoNothing().returning()
  if (!stored) throw new StorageError('busy')
  if (parts.length > 0) await tx.query.insert(workingItemParts).values([...parts])
  await documents.put(tx, [document])
  return stored
}

const noticesOf = (
  { capacities }: StoreContext,
  { document }: Admission,
  { component, heldNow }: { component: Component; heldNow: number },
): string[] => {
  const { soft, hard } = capacities[component]
  const isNear = heldNow > soft
  return [
    ...(document.notice === undefined ? [] : [document.notice]),
    ...(isNear ? [`${component} holds ${heldNow} of at most ${hard} items.`] : []),
  ]
}
