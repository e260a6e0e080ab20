import { type Database, StorageError } from '@athena-memory/db-core'
import { guardFields } from '@athena-memory/db-core/secrets'
import type { DocumentInput } from '@athena-memory/search'
import { ne } from 'drizzle-orm'
import { noticesOf } from '../add-messages.ts'
import { fitNewest } from '../brief/turn-lines.ts'
import { checkText, missingReference } from '../check-text.ts'
import { type Evidence, recordDerivation } from '../derive.ts'
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
  /** Keys, tokens and passwords that were cut out of what was given. */
  readonly redactions: number
  readonly notices: string[]
}

const MAX_TOKENS = 4000
/** Messages that are looked at for a copy: the latest ones. */
const MAX_MESSAGES = 200

/** Keeps a context; see `ConversationStore.snapshot`. */
export const takeSnapshot = async (
  store: StoreContext,
  unguarded: NewSnapshot,
): Promise<TakenSnapshot> => {
  if (unguarded.content !== undefined) checkText('content', unguarded.content)
  const { fields, redactions } = guardSnapshot(store, unguarded)
  const given = { ...unguarded, ...fields }
  const { content } = given
  const [id, at] = [store.newId(), store.now()]
  // What is copied from messages is found by them.
  const prepared =
    content === undefined
      ? []
      : await store.documents.prepare([toDocument({ ...given, content }, { id, at })])
  const snapshot = await store.db.transaction(async (tx) => {
    const sessionId = await checkPlace(tx, given)
    const text = await contentOf(tx, given)
    const row = draftSnapshot({ ...given, sessionId, content: text.content }, { id, at })
    const [written] = await tx.query.insert(tx.tables.contextSnapshots).values(row).returning()
    if (!written) throw new StorageError('busy')
    const derived = { id, method: 'copy', model: null, evidence: text.evidence }
    await recordDerivation(tx, derived, { at, newId: store.newId })
    await store.documents.put(tx, prepared)
    return toSnapshot(written)
  })
  return { snapshot, redactions, notices: noticesOf(prepared.map((document) => ({ document }))) }
}

const guardSnapshot = (
  { secretPolicy }: StoreContext,
  { content, label, reason, state }: NewSnapshot,
) => guardFields({ content, label, reason, state }, secretPolicy)

type WithContent = NewSnapshot & { readonly content: string }

const draftSnapshot = (
  given: WithContent,
  { id, at }: { id: string; at: Date },
): Omit<SnapshotRow, 'tenantId'> => ({
  id,
  projectId: given.projectId,
  sessionId: given.sessionId ?? null,
  threadId: given.threadId ?? null,
  label: given.label ?? null,
  reason: given.reason ?? 'manual',
  content: given.content,
  state: { ...given.state },
  tokens: estimateTokens(given.content),
  takenAt: at,
  recoveredAt: null,
  createdAt: at,
  updatedAt: at,
})

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

const toDocument = (given: WithContent, { id, at }: { id: string; at: Date }): DocumentInput => ({
  layer: CONVERSATION_LAYER,
  kind: 'snapshot',
  sourceId: id,
  projectId: given.projectId,
  content: given.content,
  groupId: given.threadId,
  occurredAt: at,
})
