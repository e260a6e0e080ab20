import type { Database } from '@athena-memory/db-core'
import { and, desc, eq, gte, inArray, lte, ne, type SQL } from 'drizzle-orm'
import { type MessageRow, TOOL_ROLE } from '../message.ts'

/** What is to be summed up: a thread or part of it, or a whole session. */
export interface SummarySubject {
  readonly projectId: string
  readonly sessionId: string
  /** Null for the whole session. */
  readonly threadId: string | null
}

/** Messages that a summary covers at most: the latest ones. */
const MAX_MESSAGES = 1000

/** What was said, without the output of tools, in its order. */
export const readUtterances = async (
  db: Database,
  subject: SummarySubject,
  range: { fromPosition?: number | undefined; toPosition?: number | undefined } = {},
): Promise<MessageRow[]> => {
  const { messages } = db.tables
  const { fromPosition, toPosition } = range
  const rows = await db.query
    .select()
    .from(messages)
    .where(
      and(
        ofSubject(db, subject),
        ne(messages.role, TOOL_ROLE),
        fromPosition === undefined ? undefined : gte(messages.position, fromPosition),
        toPosition === undefined ? undefined : lte(messages.position, toPosition),
      ),
    )
    .orderBy(...latestFirst(db, subject))
    .limit(MAX_MESSAGES)
  return rows.toReversed()
}

const ofSubject = (
  { query, tables: { messages, threads } }: Database,
  { sessionId, threadId }: SummarySubject,
): SQL =>
  threadId === null
    ? inArray(
        messages.threadId,
        query.select({ id: threads.id }).from(threads).where(eq(threads.sessionId, sessionId)),
      )
    : eq(messages.threadId, threadId)

const latestFirst = ({ tables: { messages } }: Database, { threadId }: SummarySubject): SQL[] =>
  threadId === null
    ? [desc(messages.saidAt), desc(messages.threadId), desc(messages.position)]
    : [desc(messages.position)]
