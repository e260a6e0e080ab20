import { chunksOf } from '@athena-memory/db-core/stores'
import { conflictTarget, type Database, StorageError } from '@athena-memory/db-core'
import type { DocumentIndex, PreparedDocument } from '@athena-memory/search'
import { inArray, max, sql } from 'drizzle-orm'
import type { MessageDraft, MessageRow } from './message.ts'
import type { ThreadRow } from './thread.ts'

/** A message whose text is analysed and, where that worked, embedded. */
export interface PreparedMessage {
  readonly draft: MessageDraft
  readonly document: PreparedDocument
}

/** A transaction and the index that takes part in it. */
export interface WriteScope {
  readonly tx: Database
  readonly documents: DocumentIndex
  readonly at: Date
}

/** A thread that is written to; its row need not be stored yet. */
export type OpenThread = Omit<ThreadRow, 'tenantId'>

/**
 * Puts messages at the end of their threads, in the order given, with their documents; the rows as
 * they were stored. The number of statements does not depend on how many threads there are.
 */
export const appendMessages = async (
  scope: WriteScope,
  threads: readonly OpenThread[],
  prepared: readonly PreparedMessage[],
): Promise<MessageRow[]> => {
  const { tx, documents } = scope
  const next = await nextPositions(tx, threads)
  const placed = prepared.map(({ draft, document }) => {
    const position = next.get(draft.threadId) ?? 0
    next.set(draft.threadId, position + 1)
    const input = { ...document.input, position }
    return { row: { ...draft, position }, document: { ...document, input } }
  })
  await saveThreads(
    tx,
    threads.map((thread) => grown(thread, prepared, scope.at)),
  )
  const rows: MessageRow[] = []
  for (const chunk of chunksOf(placed)) {
    const values = chunk.map(({ row }) => row)
    // A rival that is not visible yet then makes this transaction run again, and not fail.
    const insert = tx.query.insert(tx.tables.messages).values(values).onConflictDoNothing()
    const written = await insert.returning()
    if (written.length < chunk.length) throw new StorageError('busy')
    rows.push(...written)
  }
  await documents.put(
    tx,
    placed.map(({ document }) => document),
  )
  return rows.toSorted((a, b) => a.position - b.position)
}

const nextPositions = async (
  { query, tables: { messages } }: Database,
  threads: readonly OpenThread[],
): Promise<Map<string, number>> => {
  const next = new Map<string, number>()
  for (const chunk of chunksOf(threads.map(({ id }) => id))) {
    const rows = await query
      .select({ threadId: messages.threadId, last: max(messages.position) })
      .from(messages)
      .where(inArray(messages.threadId, chunk))
      .groupBy(messages.threadId)
    for (const { threadId, last } of rows) next.set(threadId, Number(last) + 1)
  }
  return next
}

const grown = (thread: OpenThread, prepared: readonly PreparedMessage[], at: Date): OpenThread => {
  const added = prepared.flatMap(({ draft }) => (draft.threadId === thread.id ? [draft] : []))
  const times = added.map(({ saidAt }) => saidAt.getTime())
  const isFirst = thread.messageCount === 0
  const earlier = isFirst ? [] : [thread.lastActiveAt.getTime()]
  return {
    ...thread,
    messageCount: thread.messageCount + added.length,
    tokenCount: thread.tokenCount + added.reduce((sum, { tokens }) => sum + tokens, 0),
    lastActiveAt: times.length === 0 ? thread.lastActiveAt : latestOf([...earlier, ...times]),
    updatedAt: at,
  }
}

// Not by Math.max(...times): a transcript can have more messages than a call may have arguments.
const latestOf = (times: readonly number[]): Date =>
  new Date(times.reduce((latest, time) => Math.max(latest, time)))

/** Writes threads, new ones and known ones alike. */
const saveThreads = async (tx: Database, rows: readonly OpenThread[]): Promise<void> => {
  const { threads } = tx.tables
  for (const chunk of chunksOf(rows)) {
    await tx.query
      .insert(threads)
      .values(chunk)
      .onConflictDoUpdate({
        target: conflictTarget(threads, [threads.id]),
        set: {
          messageCount: sql`excluded.message_count`,
          tokenCount: sql`excluded.token_count`,
          lastActiveAt: sql`excluded.last_active_at`,
          updatedAt: sql`excluded.updated_at`,
        },
      })
  }
}
