import { type Database, StorageError } from '@athena-memory/db-core'
import { guardFields } from '@athena-memory/db-core/secrets'
import { and, desc, eq } from 'drizzle-orm'
import { afterCursor, type PageOptions, toPage } from './page.ts'
import { type Session, type SessionRow, toSession } from './session.ts'
import type { StoreContext } from './store-context.ts'

/** A session to start. */
export interface NewSession {
  readonly projectId: string
  /** What the host calls it: started twice under one name, it is one session. */
  readonly externalId?: string | undefined
  readonly title?: string | undefined
  readonly agent?: string | undefined
  readonly context?: Readonly<Record<string, unknown>> | undefined
  /** Default: now. */
  readonly startedAt?: Date | undefined
}

/** A session that goes on, and whether it is new. */
export interface StartedSession {
  readonly session: Session
  readonly created: boolean
}

/** Starts a session or takes it up again; see `ConversationStore.startSession`. */
export const startSession = async (
  store: StoreContext,
  { title, context, ...rest }: NewSession,
): Promise<StartedSession> => {
  const at = store.now()
  const given = { ...rest, ...guardFields({ title, context }, store.secretPolicy).fields }
  const row = draftSession(given, { id: store.newId(), at })
  return store.db.transaction(async (tx) => {
    const resumed = await resumeSession(tx, given, at)
    if (resumed) return { session: toSession(resumed), created: false }
    // A rival that is not visible yet then makes this transaction run again, and not fail.
    const [session] = await tx.query
      .insert(tx.tables.sessions)
      .values(row)
      .onConflictDoNothing()
      .returning()
    if (!session) throw new StorageError('busy')
    return { session: toSession(session), created: true }
  })
}

/** A new session as it will be stored. */
export const draftSession = (
  given: NewSession,
  { id, at }: { id: string; at: Date },
): Omit<SessionRow, 'tenantId'> => ({
  id,
  projectId: given.projectId,
  externalId: given.externalId ?? null,
  title: given.title ?? null,
  agent: given.agent ?? null,
  startedAt: given.startedAt ?? at,
  endedAt: null,
  context: { ...given.context },
  createdAt: at,
  updatedAt: at,
})

const resumeSession = async (
  { query, tables: { sessions } }: Database,
  { projectId, externalId, title, agent, context }: NewSession,
  at: Date,
): Promise<SessionRow | undefined> => {
  if (externalId === undefined) return undefined
  const [row] = await query
    .update(sessions)
    .set({
      title,
      agent,
      ...(context && { context: { ...context } }),
      endedAt: null,
      updatedAt: at,
    })
    .where(and(eq(sessions.projectId, projectId), eq(sessions.externalId, externalId)))
    .returning()
  return row
}

/** The row of a session. */
export const findSession = async (
  { query, tables: { sessions } }: Database,
  id: string,
): Promise<SessionRow | undefined> => {
  const [row] = await query.select().from(sessions).where(eq(sessions.id, id)).limit(1)
  return row
}

/** Ends a session that goes on; see `ConversationStore.endSession`. */
export const endSession = (
  { db, now }: StoreContext,
  id: string,
  endedAt = now(),
): Promise<Session | undefined> =>
  db.transaction(async (tx) => {
    const { sessions } = tx.tables
    const session = await findSession(tx, id)
    if (!session || session.endedAt) return session && toSession(session)
    if (endedAt < session.startedAt) {
      const detail = 'endedAt must not be before the session started'
      throw new StorageError('invalid', { detail })
    }
    const [row] = await tx.query
      .update(sessions)
      .set({ endedAt, updatedAt: now() })
      .where(eq(sessions.id, id))
      .returning()
    return row && toSession(row)
  })

/** Which sessions to list. */
export interface SessionListOptions extends PageOptions {
  readonly projectId: string
}

/** A page of sessions. */
export interface SessionPage {
  readonly sessions: Session[]
  /** Where the next page begins; absent on the last. */
  readonly nextCursor?: string | undefined
}

const DEFAULT_LIMIT = 20

/** Sessions of a project, the latest first; see `ConversationStore.sessions`. */
export const listSessions = async (
  { query, tables: { sessions } }: Database,
  { projectId, limit = DEFAULT_LIMIT, cursor }: SessionListOptions,
): Promise<SessionPage> => {
  const order = { time: sessions.startedAt, id: sessions.id }
  const found = await query
    .select()
    .from(sessions)
    .where(and(eq(sessions.projectId, projectId), afterCursor(order, cursor)))
    .orderBy(desc(sessions.startedAt), desc(sessions.id))
    .limit(limit + 1)
  const { rows, nextCursor } = toPage(found, limit, ({ startedAt }) => startedAt)
  return { sessions: rows.map(toSession), nextCursor }
}
