import { type Database, StorageError } from '@athena-memory/db-core'
import { ne } from 'drizzle-orm'
import { noticesOf } from '../add-messages.ts'
import { fitNewest } from '../brief/turn-lines.ts'
import { checkText, missingReference } from '../check-text.ts'
import { type Evidence, isAllThere, recordDerivation } from '../derive.ts'
import { TOOL_ROLE } from '../message.ts'
import { readMessages } from '../read-thread.ts'
import { findSession } from '../sessions.ts'
import { CONVERSATION_LAYER, type StoreContext } from '../store-context.ts'
import { findThread } from '../threads.ts'
import { estimateTokens } from '../token-count.ts'
import { type Snapshot, type SnapshotRow, toSnapshot } from './snapshot.ts'

/** What to keep of a context. */
export interface NewSnapshot {
  readonly projectId: string
  readonly sessionId?: string | undefined
  readonly threadId?: string | undefined
  readonly label?: string | undefined
  /** Why it is taken, such as `clear` or `compaction`; default `manual`. */
  readonly reason?: string | undefined
  /** The context; absent, the last messages of the thread. */
  readonly content?: string | undefined
  readonly state?: Readonly<Record<string, unknown>> | undefined
  /** Budget of what is copied from the thread; default 4,000. */
  readonly maxTokens?: number | undefined
}

/** A snapshot, and what the caller should know of how it was stored. */
export interface TakenSnapshot {
  readonly snapshot: Snapshot
  readonly notices: string[]
}

const MAX_TOKENS = 4000
/** Messages that are looked at for a copy: the latest ones. */
const MAX_MESSAGES = 200

/** Keeps a context; see `ConversationStore.snapshot`. */
export const takeSnapshot = async (
  store: StoreContext,
  given: NewSnapshot,
): Promise<TakenSnapshot> => {
  if (given.content !== undefined) checkText('content', given.content)
  for (;;) {
    const draft = await draftSnapshot(store, given)
    const { row } = draft
    // What was copied from messages is found by them.
    const documents =
      given.content === undefined ? [] : await store.documents.prepare([toDocument(row)])
    const snapshot = await store.db.transaction(async (tx) => {
      await checkPlace(tx, given)
      if (!(await isAllThere(tx, draft.evidence))) return undefined
      const [written] = await tx.query.insert(tx.tables.contextSnapshots).values(row).returning()
      if (!written) throw new StorageError('busy')
      const derived = { id: row.id, method: 'copy', model: null, evidence: draft.evidence }
      await recordDerivation(tx, derived, { at: row.takenAt, newId: store.newId })
      await store.documents.put(tx, documents)
      return toSnapshot(written)
    })
    // Something that it copies was forgotten meanwhile: it is made anew from what is left.
    if (snapshot) {
      return { snapshot, notices: noticesOf(documents.map((document) => ({ document }))) }
    }
  }
}

interface SnapshotDraft {
  readonly row: Omit<SnapshotRow, 'tenantId'>
  readonly evidence: readonly Evidence[]
}

const draftSnapshot = async (
  { db, now, newId }: StoreContext,
  given: NewSnapshot,
): Promise<SnapshotDraft> => {
  const sessionId = await checkPlace(db, given)
  const { content, evidence } = await contentOf(db, given)
  const at = now()
  const row = {
    id: newId(),
    projectId: given.projectId,
    sessionId: sessionId ?? null,
    threadId: given.threadId ?? null,
    label: given.label ?? null,
    reason: given.reason ?? 'manual',
    content,
    state: { ...given.state },
    tokens: estimateTokens(content),
    takenAt: at,
    recoveredAt: null,
    createdAt: at,
    updatedAt: at,
  }
  return { row, evidence }
}

/** The session that a snapshot belongs to; refuses sessions and threads of other projects. */
const checkPlace = async (
  db: Database,
  { projectId, sessionId, threadId }: NewSnapshot,
): Promise<string | undefined> => {
  const threadSessionId = threadId && (await sessionOfThread(db, projectId, threadId))
  if (sessionId === undefined) return threadSessionId
  const session = await findSession(db, sessionId)
  if (session?.projectId !== projectId) {
    throw missingReference('sessionId', 'a session of this project')
  }
  if (threadSessionId === undefined || threadSessionId === sessionId) return sessionId
  throw missingReference('sessionId', 'the session of the thread')
}

const sessionOfThread = async (
  db: Database,
  projectId: string,
  threadId: string,
): Promise<string> => {
  const thread = await findThread(db, threadId)
  if (thread?.projectId === projectId) return thread.sessionId
  throw missingReference('threadId', 'a thread of this project')
}

const contentOf = async (
  db: Database,
  { content, threadId, maxTokens = MAX_TOKENS }: NewSnapshot,
): Promise<{ content: string; evidence: Evidence[] }> => {
  if (content !== undefined) return { content, evidence: [] }
  const detail = 'content must be given, or a threadId of a thread with messages'
  if (threadId === undefined) throw new StorageError('invalid', { detail })
  const latest = await readMessages(db, threadId, {
    order: 'newest',
    limit: MAX_MESSAGES,
    where: ne(db.tables.messages.role, TOOL_ROLE),
  })
  const lines = fitNewest(latest.toReversed(), maxTokens)
  if (lines.length === 0) throw new StorageError('invalid', { detail })
  return {
    content: lines.map(({ line }) => line).join('\n'),
    evidence: lines.map(({ turn }) => ({ messageId: turn.id })),
  }
}

const toDocument = (row: SnapshotDraft['row']) => ({
  layer: CONVERSATION_LAYER,
  kind: 'snapshot',
  sourceId: row.id,
  projectId: row.projectId,
  content: row.content,
  groupId: row.threadId ?? undefined,
  occurredAt: row.takenAt,
})
