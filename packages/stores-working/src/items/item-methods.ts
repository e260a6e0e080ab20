import { inArray } from 'drizzle-orm'
import type { HeldItem } from '../admit-item.ts'
import { type ForgetReceipt, forgetItems, forgetMoved, releaseItems } from '../erase.ts'
import type { MovedItem } from '../move-items.ts'
import type { OutgoingPart } from '../sink.ts'
import type { StoreContext } from '../store-context.ts'
import type { Component } from './capacity.ts'
import { type Combination, combineItems } from './combine-items.ts'
import {
  type ConsolidationOptions,
  consolidateItems,
  decayItems,
  type DecayOptions,
} from './consolidate-items.ts'
import { findItem, ofItems } from './find-items.ts'
import { holdItem, trackPath, type TrackedPath } from './hold-item.ts'
import type { NewItem } from './item-draft.ts'
import { findParts } from './item-parts.ts'
import { toItem, type WorkingItem } from './item.ts'
import {
  type ItemListOptions,
  type ItemPage,
  listItems,
  listWorkspace,
  type WorkspaceOptions,
} from './list-items.ts'
import { type ComponentLoad, readCapacity } from './read-capacity.ts'
import { type Focus, focusItems, rehearseItems } from './use-items.ts'

/** What is in mind. */
export interface ItemMethods {
  /**
   * Holds something in mind, found by search at once. Above the soft limit of its component the least
   * active items that are not in focus go to other layers, in the same transaction.
   *
   * @throws StorageError `conflict` where the hard limit is reached and nothing can leave, `invalid`
   *   that names the field, `missing-reference` without such a project
   */
  hold(item: NewItem): Promise<HeldItem>
  /**
   * Keeps a file or directory in mind, once for each path: the same again is rehearsed, and what was
   * held of it before goes to another layer where `content` or `pathKind` is another.
   *
   * @throws StorageError as `hold` does
   */
  track(path: TrackedPath): Promise<HeldItem>
  get(id: string): Promise<WorkingItem | undefined>
  /** What a bound item or a chunk is made of, in order; nothing for another item. */
  parts(id: string): Promise<OutgoingPart[]>
  /** The most active first. */
  list(options: ItemListOptions): Promise<ItemPage>
  /** Files and directories in mind, by path. */
  workspace(options: WorkspaceOptions): Promise<ItemPage>
  /** Brings items back to full activation; unknown ids are left out of the answer. */
  rehearse(ids: readonly string[]): Promise<WorkingItem[]>
  /**
   * Puts up to five items in focus and all others of the project out of it. What is in focus does not
   * leave to make room, nor fades away.
   *
   * @throws StorageError `missing-reference` for an id that is no item of the project
   */
  focus(focus: Focus): Promise<WorkingItem[]>
  /** Lets go of items that are done with, for good; how many there were. To keep them, consolidate. */
  release(ids: readonly string[]): Promise<number>
  /** Lets go of all items of a project or of one component, for good; how many there were. */
  clear(filter: { projectId: string; component?: Component | undefined }): Promise<number>
  /** How full each component is. */
  capacity(projectId: string): Promise<ComponentLoad[]>
  /**
   * Moves items to other layers: those named, or else the three least active that are not in focus.
   *
   * @throws StorageError `conflict` without any layer that takes items in
   */
  consolidate(options: ConsolidationOptions): Promise<MovedItem[]>
  /**
   * Moves what has faded below an activation of .05 to other layers, but for what is in focus.
   *
   * @throws StorageError `conflict` where something has faded and no layer takes items in
   */
  decay(options: DecayOptions): Promise<MovedItem[]>
  /** Binds items, which stay, by one more in the episodic buffer. */
  bind(combination: Combination): Promise<HeldItem>
  /** Makes one item of several, which go into it and leave their places. */
  chunk(combination: Combination): Promise<HeldItem>
  /**
   * Erases an item or a goal, held or gone, with its document, vectors, derivations and every copy in
   * chunks and in the router's records. A goal takes along those that serve it.
   */
  forget(id: string): Promise<ForgetReceipt>
  /**
   * Erases what the router's records hold of items that went to these rows of another layer; how many
   * records there were. It belongs to forgetting those rows, in the same transaction.
   */
  forgetMoved(rows: { layer: string; ids: readonly string[] }): Promise<number>
}

/** What is in mind, over a store's parts. */
export const createItemMethods = (store: StoreContext): ItemMethods => ({
  hold: (item) => holdItem(store, item),
  track: (path) => trackPath(store, path),
  async get(id) {
    const row = await findItem(store.db, id)
    return row && toItem(row, store.now())
  },
  parts: async (id) => (await findParts(store.db, [id])).get(id) ?? [],
  list: (options) => listItems(store, options),
  workspace: (options) => listWorkspace(store, options),
  rehearse: (ids) => rehearseItems(store, ids),
  focus: (focus) => focusItems(store, focus),
  release: (ids) => releaseItems(store, (tx) => inArray(tx.tables.workingItems.id, [...ids])),
  clear: (filter) => releaseItems(store, (tx) => ofItems(tx, filter)),
  capacity: (projectId) => readCapacity(store, projectId),
  consolidate: (options) => consolidateItems(store, options),
  decay: (options) => decayItems(store, options),
  bind: (combination) => combineItems(store, combination, 'bound'),
  chunk: (combination) => combineItems(store, combination, 'chunk'),
  forget: (id) => forgetItems(store, [id]),
  forgetMoved: (rows) => forgetMoved(store, rows),
})
