import type { Database } from '@athena-memory/db-core'
import { and, asc, desc, eq, gt, lt, type SQL } from 'drizzle-orm'
import { type Message, type MessageRow, toMessage } from './message.ts'
import { type PageOptions, unknownCursor } from './page.ts'
import { type Thread, toThread } from './thread.ts'
import { findThread } from './threads.ts'

/** From the first message on, or from the last one back. */
export const MESSAGE_ORDERS = ['oldest', 'newest'] as const
export type MessageOrder = (typeof MESSAGE_ORDERS)[number]

/** Which messages of a thread to give. */
export interface ThreadOptions extends PageOptions {
  /** Default: `oldest`. */
  readonly order?: MessageOrder | undefined
}

/** A thread with a page of its messages. */
export interface ThreadView {
  readonly thread: Thread
  readonly messages: Message[]
  /** Where the next page begins; absent on the last. */
  readonly nextCursor?: string | undefined
}

const DEFAULT_LIMIT = 100

/** A thread with a page of its messages; see `ConversationStore.thread`. */
export const readThread = (
  db: Database,
  id: string,
  { order = 'oldest', limit = DEFAULT_LIMIT, cursor }: ThreadOptions = {},
): Promise<ThreadView | undefined> =>
  db.read(async (snapshot) => {
    const thread = await findThread(snapshot, id)
    if (!thread) return undefined
    const rows = await readMessages(snapshot, id, { order, limit: limit + 1, cursor })
    const page = rows.slice(0, limit)
    const nextCursor = rows.length > limit ? page.at(-1)?.position.toString() : undefined
    return { thread: toThread(thread), messages: page.map(toMessage), nextCursor }
  })

/** Messages of a thread in an order, at most `limit`. */
export const readMessages = async (
  { query, tables: { messages } }: Database,
  threadId: string,
  options: { order: MessageOrder; limit: number; cursor?: string | undefined; where?: SQL },
): Promise<MessageRow[]> => {
  const { order, limit, cursor, where } = options
  const isOldest = order === 'oldest'
  const beyond = isOldest ? gt : lt
  const after = cursor === undefined ? undefined : beyond(messages.position, toPosition(cursor))
  return query
    .select()
    .from(messages)
    .where(and(eq(messages.threadId, threadId), after, where))
    .orderBy(isOldest ? asc(messages.position) : desc(messages.position))
    .limit(limit)
}

const toPosition = (cursor: string): number => {
  if (/^\d{1,9}$/.test(cursor)) return Number(cursor)
  throw unknownCursor()
}
