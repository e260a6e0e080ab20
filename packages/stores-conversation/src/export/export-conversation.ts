import { type Database, StorageError } from '@athena-memory/db-core'
import { asc, eq } from 'drizzle-orm'
import { type Message, toMessage } from '../message.ts'
import { readMessages } from '../read-thread.ts'
import { toSession } from '../session.ts'
import { findSession } from '../sessions.ts'
import { toThread } from '../thread.ts'
import { findThread } from '../threads.ts'
import type { ExportedConversation, ExportedThread } from './exported-conversation.ts'
import { toMarkdown } from './to-markdown.ts'

/** What a conversation can be written as. */
export const EXPORT_FORMATS = ['json', 'markdown'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** What to export: exactly one of `threadId` and `sessionId`. */
export interface ExportOptions {
  readonly threadId?: string | undefined
  readonly sessionId?: string | undefined
  /** Default: `markdown`. */
  readonly format?: ExportFormat | undefined
}

/** A conversation as a text. */
export interface ConversationExport {
  readonly format: ExportFormat
  readonly text: string
  readonly threads: number
  readonly messages: number
}

const PAGE_ROWS = 500

/** Writes a thread or a session down in full; see `ConversationStore.export`. */
export const exportConversation = async (
  db: Database,
  { threadId, sessionId, format = 'markdown' }: ExportOptions,
): Promise<ConversationExport | undefined> => {
  if ((threadId === undefined) === (sessionId === undefined)) {
    const detail = 'give either threadId or sessionId, and not both'
    throw new StorageError('invalid', { detail })
  }
  const conversation = await db.read((snapshot) => readAll(snapshot, threadId, sessionId))
  if (!conversation) return undefined
  const { threads } = conversation
  return {
    format,
    text: format === 'json' ? JSON.stringify(conversation, null, 2) : toMarkdown(conversation),
    threads: threads.length,
    messages: threads.reduce((sum, { messages }) => sum + messages.length, 0),
  }
}

const readAll = async (
  snapshot: Database,
  threadId: string | undefined,
  sessionId: string | undefined,
): Promise<ExportedConversation | undefined> => {
  const thread = threadId === undefined ? undefined : await findThread(snapshot, threadId)
  const session = await findSession(snapshot, sessionId ?? thread?.sessionId ?? '')
  if (!session) return undefined
  const rows = thread ? [thread] : await threadsOf(snapshot, session.id)
  const threads: ExportedThread[] = []
  for (const row of rows) {
    threads.push({ ...toThread(row), messages: await allMessages(snapshot, row.id) })
  }
  return { session: toSession(session), threads }
}

const threadsOf = ({ query, tables: { threads } }: Database, sessionId: string) =>
  query
    .select()
    .from(threads)
    .where(eq(threads.sessionId, sessionId))
    .orderBy(asc(threads.startedAt), asc(threads.id))

const allMessages = async (snapshot: Database, threadId: string): Promise<Message[]> => {
  const messages: Message[] = []
  for (;;) {
    const cursor = messages.at(-1)?.position.toString()
    const page = { order: 'oldest', limit: PAGE_ROWS, cursor } as const
    const rows = await readMessages(snapshot, threadId, page)
    messages.push(...rows.map(toMessage))
    if (rows.length < PAGE_ROWS) return messages
  }
}
