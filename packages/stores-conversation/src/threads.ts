import { type Database, StorageError } from '@athena-memory/db-core'
import { guardFields } from '@athena-memory/db-core/secrets'
import { and, desc, eq, isNull } from 'drizzle-orm'
import { missingReference } from './check-text.ts'
import { afterCursor, type PageOptions, toPage } from './page.ts'
import { findSession } from './sessions.ts'
import type { StoreContext } from './store-context.ts'
import { type Thread, type ThreadRow, toThread } from './thread.ts'

/** A thread to start. */
export interface NewThread {
  readonly sessionId: string
  readonly title?: string | undefined
  /** Its messages are found under these too. */
  readonly tags?: readonly string[] | undefined
  /** Default: now. */
  readonly startedAt?: Date | undefined
}

/** Starts a thread in a session; see `ConversationStore.startThread`. */
export const startThread = async (store: StoreContext, given: NewThread): Promise<Thread> => {
  const [id, at] = [store.newId(), store.now()]
  const { title } = guardFields({ title: given.title }, store.secretPolicy).fields
  return store.db.transaction(async (tx) => {
    const session = await findSession(tx, given.sessionId)
    if (!session) throw missingReference('sessionId', 'a session')
    const { projectId } = session
    const [row] = await tx.query
      .insert(tx.tables.threads)
      .values(draftThread({ ...given, title, projectId }, { id, at }))
      .returning()
    if (!row) throw new StorageError('busy')
    return toThread(row)
  })
}

/** A new thread as it will be stored, without a message. */
export const draftThread = (
  given: NewThread & { readonly projectId: string },
  { id, at }: { id: string; at: Date },
): Omit<ThreadRow, 'tenantId'> => ({
  id,
  projectId: given.projectId,
  sessionId: given.sessionId,
  title: given.title ?? null,
  tags: [...new Set(given.tags)],
  startedAt: given.startedAt ?? at,
  lastActiveAt: given.startedAt ?? at,
  archivedAt: null,
  messageCount: 0,
  tokenCount: 0,
  createdAt: at,
  updatedAt: at,
})

/** The row of a thread. */
export const findThread = async (
  { query, tables: { threads } }: Database,
  id: string,
): Promise<ThreadRow | undefined> => {
  const [row] = await query.select().from(threads).where(eq(threads.id, id)).limit(1)
  return row
}

/** Archives a thread or brings it back; see `ConversationStore.archive`. */
export const archiveThread = (
  { db, now }: StoreContext,
  id: string,
  { isArchived = true }: { readonly isArchived?: boolean | undefined } = {},
): Promise<Thread | undefined> =>
  db.transaction(async (tx) => {
    const at = now()
    const old = await findThread(tx, id)
    const archivedAt = isArchived ? (old?.archivedAt ?? at) : null
    const { threads } = tx.tables
    const [row] = await tx.query
      .update(threads)
      .set({ archivedAt, updatedAt: at })
      .where(eq(threads.id, id))
      .returning()
    return row && toThread(row)
  })

/** Which threads to list. */
export interface RecentOptions extends PageOptions {
  readonly projectId: string
  readonly sessionId?: string | undefined
  /** Default: false. */
  readonly includeArchived?: boolean | undefined
}

/** A page of threads. */
export interface ThreadPage {
  readonly threads: Thread[]
  /** Where the next page begins; absent on the last. */
  readonly nextCursor?: string | undefined
}

const DEFAULT_LIMIT = 20

/** Threads of a project, the last active first; see `ConversationStore.recent`. */
export const listThreads = async (
  { query, tables: { threads } }: Database,
  { projectId, sessionId, includeArchived, limit = DEFAULT_LIMIT, cursor }: RecentOptions,
): Promise<ThreadPage> => {
  const order = { time: threads.lastActiveAt, id: threads.id }
  const found = await query
    .select()
    .from(threads)
    .where(
      and(
        eq(threads.projectId, projectId),
        sessionId === undefined ? undefined : eq(threads.sessionId, sessionId),
        includeArchived ? undefined : isNull(threads.archivedAt),
        afterCursor(order, cursor),
      ),
    )
    .orderBy(desc(threads.lastActiveAt), desc(threads.id))
    .limit(limit + 1)
  const { rows, nextCursor } = toPage(found, limit, ({ lastActiveAt }) => lastActiveAt)
  return { threads: rows.map(toThread), nextCursor }
}
