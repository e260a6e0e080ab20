import { type Database, newId } from '@athena-memory/db-core'
import { logAccesses, type NewAccesses } from './access-log.ts'
import type { Association } from './association.ts'
import {
  changeStrengths,
  STRENGTHEN_BY,
  type StrengthChange,
  WEAKEN_BY,
} from './change-strength.ts'
import { coactivate, type CoactivateOptions, type CoactivationReport } from './coactivate.ts'
import { findNeighbours, type NeighbourOptions, type NeighbourPage } from './find-neighbours.ts'
import { type AssociationPath, findPath, type PathOptions } from './find-path.ts'
import { type Focus, toFocus } from './focus.ts'
import { type ForgetReceipt, forgetItems, forgetRows } from './forget.ts'
import {
  inhibit,
  type InhibitedItem,
  type InhibitedOptions,
  listInhibited,
  type NewInhibition,
  releaseItem,
} from './inhibit.ts'
import type { Inhibition } from './inhibition.ts'
import type { ItemRef, PageOptions } from '@athena-memory/db-core/stores'
import { judgeSalience, type SalienceOptions, type SalientItem } from './judge-salience.ts'
import { linkItems, type NewLink } from './link-items.ts'
import { type FocusPage, type FocusScope, listFocus, readOpen } from './list-focus.ts'
import { listPrimed, type PrimedItem } from './list-primed.ts'
import {
  type FocusShift,
  type NewFocus,
  returnToPrevious,
  setFocus,
  type Shifted,
  shiftFocus,
} from './set-focus.ts'
import type { ActivatedItem } from './spread-activation.ts'
import { spread, type SpreadOptions } from './spread.ts'
import type { StoreContext } from './store-context.ts'
import {
  decay,
  type DecayOptions,
  type DecayReport,
  prune,
  type PruneOptions,
  type PruneReport,
} from './upkeep.ts'

/** The clock and ids of a store, for tests. */
export interface AttentionStoreOptions {
  readonly now?: (() => Date) | undefined
  readonly newId?: (() => string) | undefined
}

/** What goes with what, and what is looked at: items of all layers, known by their names alone. */
export interface AttentionStore {
  /**
   * Associates two items. Linked again in the same way, the greater strength stays.
   *
   * @throws StorageError `invalid` that names the field, `missing-reference` without such a project
   */
  link(link: NewLink): Promise<Association>
  /** Associates many items, all or none; the associations in the order of the links. */
  linkMany(links: readonly NewLink[]): Promise<Association[]>
  /** Adds .1 to strengths, or `by`, at most up to 1. Unknown ids are left out of the answer. */
  strengthen(change: StrengthChange): Promise<Association[]>
  /** Takes .05 from strengths, or `by`, at most down to 0. Unknown ids are left out of the answer. */
  weaken(change: StrengthChange): Promise<Association[]>
  /** What an item is associated with, by the strongest associations first. */
  neighbours(options: NeighbourOptions): Promise<NeighbourPage>
  /**
   * What comes to mind with some items, the most active first, without the items themselves:
   * activation · strength · .7 a step, over three steps, less where an item is inhibited.
   */
  spread(options: SpreadOptions): Promise<ActivatedItem[]>
  /** How one item leads to another: the fewest steps, the strongest of several; at most five. */
  path(options: PathOptions): Promise<AssociationPath | undefined>
  /** Notes that items were active together, such as the results of a recall; how many. */
  recordAccess(accesses: NewAccesses): Promise<number>
  /**
   * Strengthens `temporal` associations between what was active within a minute in the same session.
   * Each access counts once. Concurrent callers lose nothing of one another's learning.
   */
  coactivate(options: CoactivateOptions): Promise<CoactivationReport>
  /** Makes items come to mind more readily for an hour; how many. */
  prime(items: Omit<NewAccesses, 'kind' | 'accessedAt'>): Promise<number>
  /** What is primed now, the greatest boost first, then the latest; 20 unless `limit` says otherwise. */
  primed(options: { projectId: string; limit?: number | undefined }): Promise<PrimedItem[]>
  /** Looks at an item from now on. A primary focus ends the one that there was in the session. */
  focus(focus: NewFocus): Promise<Focus>
  /** Makes another item the primary focus, and remembers the one that it interrupts. */
  shiftFocus(shift: FocusShift): Promise<Shifted>
  /** Goes back to what the last shift interrupted; `undefined` where there is nothing to go back to. */
  returnToPrevious(scope: FocusScope): Promise<Shifted | undefined>
  /** What is in view, the primary first, then by level and weight. */
  currentFocus(scope: FocusScope): Promise<Focus[]>
  /** What was looked at in a session, the latest first. */
  focusHistory(options: FocusScope & PageOptions): Promise<FocusPage>
  /** Keeps an item out of mind; half of it wears off in 30 minutes. */
  inhibit(inhibition: NewInhibition): Promise<Inhibition>
  /** Ends all inhibitions of an item at once; how many there were. */
  release(item: { projectId: string; target: ItemRef }): Promise<number>
  /** What is inhibited by at least .3, or `threshold`, the most first. */
  inhibited(options: InhibitedOptions): Promise<InhibitedItem[]>
  /** How much items stand out, the most first; those that nothing is known of last. */
  salience(options: SalienceOptions): Promise<SalientItem[]>
  /** Weakens idle associations and everything in view; each call does so once more. */
  decay(options: DecayOptions): Promise<DecayReport>
  /** Clears away weak, idle associations and what is long past. A dry run unless told otherwise. */
  prune(options: PruneOptions): Promise<PruneReport>
  /** Erases rows of this layer by their ids. They cannot be brought back. */
  forget(ids: readonly string[]): Promise<ForgetReceipt>
  /** Erases whatever names these items of other layers, as when they are forgotten there. */
  forgetItems(items: readonly ItemRef[]): Promise<ForgetReceipt>
}

/** The store of attention over a database or a transaction. */
export const createAttentionStore = (
  db: Database,
  { now = () => new Date(), newId: makeId = newId }: AttentionStoreOptions = {},
): AttentionStore => {
  const store: StoreContext = { db, now, newId: makeId }
  return {
    async link(link) {
      const [association] = await linkItems(store, [link])
      if (!association) throw new Error('One link makes one association.')
      return association
    },
    linkMany: (links) => linkItems(store, links),
    strengthen: ({ ids, by = STRENGTHEN_BY }) => changeStrengths(db, { ids, by, at: now() }),
    weaken: ({ ids, by = WEAKEN_BY }) => changeStrengths(db, { ids, by: -by, at: now() }),
    neighbours: (options) => findNeighbours(db, options),
    spread: (options) => spread(db, options, now()),
    path: (options) => findPath(db, options),
    recordAccess: ({ kind = 'read', ...accesses }) => logAccesses(store, { ...accesses, kind }),
    coactivate: (options) => coactivate(store, options),
    prime: (items) => logAccesses(store, { ...items, kind: 'prime' }),
    primed: (options) => listPrimed(db, options, now()),
    focus: (focus) => setFocus(store, focus),
    shiftFocus: (shift) => shiftFocus(store, shift),
    returnToPrevious: (scope) => returnToPrevious(store, scope),
    currentFocus: async (scope) => (await readOpen(db, scope)).map(toFocus),
    focusHistory: (options) => listFocus(db, options),
    inhibit: (inhibition) => inhibit(store, inhibition),
    release: (item) => releaseItem(db, item, now()),
    inhibited: (options) => listInhibited(db, options, now()),
    salience: (options) => judgeSalience(db, options, now()),
    decay: (options) => decay(store, options),
    prune: (options) => prune(store, options),
    forget: (ids) => forgetRows(db, ids),
    forgetItems: (items) => forgetItems(db, items),
  }
}
