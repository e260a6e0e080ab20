import type { Database } from '@athena-memory/db-core'
import { and, desc, eq, type SQL } from 'drizzle-orm'
import { afterCursor, type PageOptions, toPage } from '../page.ts'
import type { StoreContext } from '../store-context.ts'
import { type Snapshot, toSnapshot } from './snapshot.ts'

/** Which snapshots are meant. */
export interface SnapshotFilter {
  readonly projectId: string
  readonly sessionId?: string | undefined
  readonly threadId?: string | undefined
}

/** Which snapshots to list. */
export interface SnapshotListOptions extends SnapshotFilter, PageOptions {}

/** A page of snapshots. */
export interface SnapshotPage {
  readonly snapshots: Snapshot[]
  /** Where the next page begins; absent on the last. */
  readonly nextCursor?: string | undefined
}

const DEFAULT_LIMIT = 20

/** Snapshots of a project, the latest first; see `ConversationStore.snapshots`. */
export const listSnapshots = async (
  db: Database,
  { limit = DEFAULT_LIMIT, cursor, ...filter }: SnapshotListOptions,
): Promise<SnapshotPage> => {
  const { contextSnapshots: snapshots } = db.tables
  const order = { time: snapshots.takenAt, id: snapshots.id }
  const found = await db.query
    .select()
    .from(snapshots)
    .where(and(matches(db, filter), afterCursor(order, cursor)))
    .orderBy(desc(snapshots.takenAt), desc(snapshots.id))
    .limit(limit + 1)
  const { rows, nextCursor } = toPage(found, limit, ({ takenAt }) => takenAt)
  return { snapshots: rows.map(toSnapshot), nextCursor }
}

/** Which snapshot to recover: the latest that fits. */
export interface RecoverOptions extends SnapshotFilter {
  readonly id?: string | undefined
}

/** The latest snapshot that fits, noted as recovered; see `ConversationStore.recover`. */
export const recoverSnapshot = (
  { db, now }: StoreContext,
  { id, ...filter }: RecoverOptions,
): Promise<Snapshot | undefined> =>
  db.transaction(async (tx) => {
    const { contextSnapshots: snapshots } = tx.tables
    const [latest] = await tx.query
      .select({ id: snapshots.id })
      .from(snapshots)
      .where(and(matches(tx, filter), id === undefined ? undefined : eq(snapshots.id, id)))
      .orderBy(desc(snapshots.takenAt), desc(snapshots.id))
      .limit(1)
    if (!latest) return undefined
    const at = now()
    const [row] = await tx.query
      .update(snapshots)
      .set({ recoveredAt: at, updatedAt: at })
      .where(eq(snapshots.id, latest.id))
      .returning()
    return row && toSnapshot(row)
  })

const matches = (
  { tables: { contextSnapshots: snapshots } }: Database,
  { projectId, sessionId, threadId }: SnapshotFilter,
): SQL | undefined =>
  and(
    eq(snapshots.projectId, projectId),
    sessionId === undefined ? undefined : eq(snapshots.sessionId, sessionId),
    threadId === undefined ? undefined : eq(snapshots.threadId, threadId),
  )
