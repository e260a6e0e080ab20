import type { Database } from '@athena-memory/db-core'
import { and, desc, eq, isNull, type SQL } from 'drizzle-orm'
import { type Focus, FOCUS_LEVELS, type FocusRow, toFocus } from './focus.ts'
import {
  beyond,
  cutPage,
  DEFAULT_LIMIT,
  fromCursor,
  type PageOptions,
} from '@athena-memory/db-core/stores'

/** Whose attention: a session's, or that which belongs to no session. */
export interface FocusScope {
  readonly projectId: string
  readonly sessionId?: string | undefined
}

/** What was looked at, the latest first. */
export interface FocusPage {
  readonly focuses: Focus[]
  /** Where the next page begins; absent on the last. */
  readonly nextCursor?: string | undefined
}

/** Rows of a project's session, as a condition. */
const inScope = (
  { tables: { attentionFocus } }: Database,
  { projectId, sessionId }: FocusScope,
): SQL | undefined =>
  and(
    eq(attentionFocus.projectId, projectId),
    sessionId === undefined
      ? isNull(attentionFocus.sessionId)
      : eq(attentionFocus.sessionId, sessionId),
  )

/** The most items that can be in view at once, far above what anybody looks at. */
const MAX_OPEN = 1000

/** What is in view, the primary first, then the heaviest; see `AttentionStore.currentFocus`. */
export const readOpen = async (db: Database, scope: FocusScope): Promise<FocusRow[]> => {
  const { attentionFocus } = db.tables
  const rows = await db.query
    .select()
    .from(attentionFocus)
    .where(and(inScope(db, scope), isNull(attentionFocus.endedAt)))
    .orderBy(desc(attentionFocus.startedAt), desc(attentionFocus.id))
    .limit(MAX_OPEN)
  return rows.toSorted((a, b) => rankOf(a) - rankOf(b) || b.weight - a.weight)
}

const rankOf = ({ focusLevel }: FocusRow): number =>
  FOCUS_LEVELS.findIndex((level) => level === focusLevel)

/** What was looked at, also what still is; see `AttentionStore.focusHistory`. */
export const listFocus = async (
  db: Database,
  { limit = DEFAULT_LIMIT, cursor, ...scope }: FocusScope & PageOptions,
): Promise<FocusPage> => {
  const { attentionFocus } = db.tables
  const after = cursor === undefined ? undefined : fromCursor(cursor)
  const order = { column: attentionFocus.startedAt, id: attentionFocus.id }
  const rows = await db.query
    .select()
    .from(attentionFocus)
    .where(and(inScope(db, scope), after && beyond(order, new Date(after.value), after.id)))
    .orderBy(desc(order.column), desc(order.id))
    .limit(limit + 1)
  const { page, nextCursor } = cutPage(rows, limit, ({ startedAt, id }) => ({
    value: startedAt.getTime(),
    id,
  }))
  return { focuses: page.map(toFocus), nextCursor }
}
