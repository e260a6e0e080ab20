import { StorageError } from '@athena-memory/db-core'
import { and, eq, inArray, isNotNull, notInArray, sql } from 'drizzle-orm'
import type { StoreContext } from '../store-context.ts'
import { FOCUS_LIMIT } from './capacity.ts'
import { findItems, itemsGone } from './find-items.ts'
import { type ItemRow, toItem, type WorkingItem } from './item.ts'

/** Brings items back to full activation, in one statement; see `ItemMethods.rehearse`. */
export const rehearseItems = async (
  { db, now }: Pick<StoreContext, 'db' | 'now'>,
  ids: readonly string[],
): Promise<WorkingItem[]> => {
  const { workingItems } = db.tables
  const at = now()
  const rows = await db.query
    .update(workingItems)
    .set({ ...refreshed(at), accessCount: sql`${workingItems.accessCount} + 1` })
    .where(inArray(workingItems.id, [...ids]))
    .returning()
  return inOrder(rows, ids).map((row) => toItem(row, at))
}

const refreshed = (at: Date) => ({ activation: 1, lastAccessedAt: at, updatedAt: at })

const inOrder = (rows: readonly ItemRow[], ids: readonly string[]): ItemRow[] => {
  const byId = new Map(rows.map((row) => [row.id, row]))
  return [...new Set(ids)].flatMap((id) => byId.get(id) ?? [])
}

/** What is to be in focus. */
export interface Focus {
  readonly projectId: string
  /** At most five; none takes everything out of focus. */
  readonly ids: readonly string[]
}

/** Puts items in focus, and all others out of it; see `ItemMethods.focus`. */
export const focusItems = async (
  { db, now }: StoreContext,
  { projectId, ids }: Focus,
): Promise<WorkingItem[]> => {
  const chosen = [...new Set(ids)]
  if (chosen.length > FOCUS_LIMIT) {
    const detail = `ids must be at most ${FOCUS_LIMIT}: more cannot be in focus at once`
    throw new StorageError('invalid', { detail })
  }
  const at = now()
  return db.transaction(async (tx) => {
    const { workingItems } = tx.tables
    const present = await findItems(tx, { projectId, ids: chosen })
    if (present.length < chosen.length) throw itemsGone('ids')
    const others = and(
      eq(workingItems.projectId, projectId),
      isNotNull(workingItems.focusedAt),
      notInArray(workingItems.id, chosen),
    )
    await tx.query.update(workingItems).set({ focusedAt: null, updatedAt: at }).where(others)
    const isNew = ({ focusedAt }: ItemRow) => focusedAt === null
    const entering = inArray(
      workingItems.id,
      present.filter(isNew).map(({ id }) => id),
    )
    await tx.query.update(workingItems).set({ focusedAt: at }).where(entering)
    return rehearseItems({ db: tx, now: () => at }, chosen)
  })
}
