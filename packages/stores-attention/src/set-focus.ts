import type { Database } from '@athena-memory/db-core'
import { eq, inArray } from 'drizzle-orm'
import { checkItem, checkShares, type ItemRef, keyOf } from '@athena-memory/db-core/stores'
import { type Focus, type FocusLevel, type FocusRow, toFocus, type Transition } from './focus.ts'
import { type FocusScope, readOpen } from './list-focus.ts'
import type { StoreContext } from './store-context.ts'

/** What to look at. */
export interface NewFocus extends FocusScope {
  readonly target: ItemRef
  /** From 0 to 1; default 1. */
  readonly weight?: number | undefined
  /** Default `primary`, which ends the primary focus that there was. */
  readonly level?: FocusLevel | undefined
  readonly reason?: string | undefined
}

/** Where attention goes, to come back later. */
export interface FocusShift extends Omit<NewFocus, 'level'> {
  /** Default `voluntary`. */
  readonly transition?: Exclude<Transition, 'return'> | undefined
}

/** A new focus, and the one that ended. */
export interface Shifted {
  readonly focus: Focus
  /** Absent where nothing was in focus. */
  readonly previous?: Focus | undefined
}

/** Looks at an item; see `AttentionStore.focus`. */
export const setFocus = async (store: StoreContext, given: NewFocus): Promise<Focus> => {
  const draft = draftFocus(store, given)
  return store.db.transaction(async (tx) => {
    const open = await readOpen(tx, given)
    const key = keyOf(given.target)
    const isReplaced = (row: FocusRow) =>
      keyOf(toFocus(row).target) === key ||
      (draft.focusLevel === 'primary' && row.focusLevel === 'primary')
    await endFocuses(tx, open.filter(isReplaced), draft.startedAt)
    return insertFocus(tx, draft)
  })
}

/** Looks at another item for a while; see `AttentionStore.shiftFocus`. */
export const shiftFocus = async (
  store: StoreContext,
  { transition = 'voluntary', ...given }: FocusShift,
): Promise<Shifted> => {
  const draft = draftFocus(store, given)
  return store.db.transaction(async (tx) => {
    const current = (await readOpen(tx, given)).find(isPrimary)
    const [ended] = current ? await endFocuses(tx, [current], draft.startedAt) : []
    const previousId = current?.id ?? null
    const focus = await insertFocus(tx, { ...draft, transition, previousId })
    return { focus, previous: ended }
  })
}

/** Looks again at what the current focus took the place of; see `AttentionStore.returnToPrevious`. */
export const returnToPrevious = (
  { db, now, newId }: StoreContext,
  scope: FocusScope,
): Promise<Shifted | undefined> =>
  db.transaction(async (tx) => {
    const current = (await readOpen(tx, scope)).find(isPrimary)
    const goal = current?.previousId ? await findFocus(tx, current.previousId) : undefined
    if (!current || !goal) return undefined
    const at = now()
    const [previous] = await endFocuses(tx, [current], at)
    const { tenantId: _, ...before } = goal
    const resumed = { id: newId(), transition: 'return', startedAt: at, endedAt: null }
    const times = { createdAt: at, updatedAt: at }
    return { focus: await insertFocus(tx, { ...before, ...resumed, ...times }), previous }
  })

const isPrimary = ({ focusLevel }: FocusRow): boolean => focusLevel === 'primary'

const draftFocus = ({ now, newId }: StoreContext, given: NewFocus) => {
  const { projectId, sessionId, target, weight = 1, level = 'primary', reason } = given
  checkItem('target', target)
  checkShares({ weight })
  const at = now()
  return {
    id: newId(),
    projectId,
    sessionId: sessionId ?? null,
    targetLayer: target.layer,
    targetId: target.id,
    weight,
    focusLevel: level,
    transition: 'voluntary',
    reason: reason ?? null,
    startedAt: at,
    createdAt: at,
    updatedAt: at,
  }
}

type FocusDraft = Database['tables']['attentionFocus']['$inferInsert']

const insertFocus = async (
  { query, tables: { attentionFocus } }: Database,
  draft: FocusDraft,
): Promise<Focus> => {
  const [row] = await query.insert(attentionFocus).values(draft).returning()
  if (!row) throw new Error('One focus was written.')
  return toFocus(row)
}

const endFocuses = async (
  { query, tables: { attentionFocus } }: Database,
  rows: readonly FocusRow[],
  at: Date,
): Promise<Focus[]> => {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const ended = await query
    .update(attentionFocus)
    .set({ endedAt: at, updatedAt: at })
    .where(inArray(attentionFocus.id, ids))
    .returning()
  return ended.map(toFocus)
}

const findFocus = async (
  { query, tables: { attentionFocus } }: Database,
  id: string,
): Promise<FocusRow | undefined> => {
  const [row] = await query.select().from(attentionFocus).where(eq(attentionFocus.id, id)).limit(1)
  return row
}
