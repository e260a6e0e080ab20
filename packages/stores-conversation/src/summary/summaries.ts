import type { Database } from '@athena-memory/db-core'
import { and, desc, eq, gte, isNull, lte, ne, type SQL } from 'drizzle-orm'
import { afterCursor, type PageOptions, toPage } from '../page.ts'
import { type Summary, type SummaryRow, toSummary } from './summary.ts'

/** Which summaries to list. */
export interface SummaryListOptions extends PageOptions {
  readonly projectId: string
  readonly sessionId?: string | undefined
  readonly threadId?: string | undefined
}

/** A page of summaries. */
export interface SummaryPage {
  readonly summaries: Summary[]
  /** Where the next page begins; absent on the last. */
  readonly nextCursor?: string | undefined
}

const DEFAULT_LIMIT = 20

/** Summaries of a project, the latest first; see `ConversationStore.summaries`. */
export const listSummaries = async (
  { query, tables: { conversationSummaries: summaries } }: Database,
  { projectId, sessionId, threadId, limit = DEFAULT_LIMIT, cursor }: SummaryListOptions,
): Promise<SummaryPage> => {
  const order = { time: summaries.summarizedAt, id: summaries.id }
  const found = await query
    .select()
    .from(summaries)
    .where(
      and(
        eq(summaries.projectId, projectId),
        sessionId === undefined ? undefined : eq(summaries.sessionId, sessionId),
        threadId === undefined ? undefined : eq(summaries.threadId, threadId),
        afterCursor(order, cursor),
      ),
    )
    .orderBy(desc(summaries.summarizedAt), desc(summaries.id))
    .limit(limit + 1)
  const { rows, nextCursor } = toPage(found, limit, ({ summarizedAt }) => summarizedAt)
  return { summaries: rows.map(toSummary), nextCursor }
}

/** What a summary is of, and which part of it. */
export type SummaryScope = Pick<
  SummaryRow,
  'sessionId' | 'threadId' | 'fromPosition' | 'toPosition'
>

/** The latest summary of exactly this. */
export const findLatest = async (
  db: Database,
  scope: SummaryScope,
): Promise<SummaryRow | undefined> => {
  const { conversationSummaries: summaries } = db.tables
  const [row] = await db.query
    .select()
    .from(summaries)
    .where(ofSubject(db, scope))
    .orderBy(desc(summaries.summarizedAt), desc(summaries.id))
    .limit(1)
  return row
}

/** Ids of other summaries that cover nothing but what this one covers too. */
export const findCovered = async (
  db: Database,
  { id, fromPosition, toPosition, ...subject }: SummaryScope & Pick<SummaryRow, 'id'>,
): Promise<string[]> => {
  const { conversationSummaries: summaries } = db.tables
  const within =
    fromPosition === null || toPosition === null
      ? undefined
      : and(gte(summaries.fromPosition, fromPosition), lte(summaries.toPosition, toPosition))
  const rows = await db.query
    .select({ id: summaries.id })
    .from(summaries)
    .where(and(ofSubject(db, subject), within, ne(summaries.id, id)))
  return rows.map((row) => row.id)
}

const ofSubject = (
  { tables: { conversationSummaries: summaries } }: Database,
  { sessionId, threadId }: Pick<SummaryRow, 'sessionId' | 'threadId'>,
): SQL | undefined =>
  and(
    eq(summaries.sessionId, sessionId),
    threadId === null ? isNull(summaries.threadId) : eq(summaries.threadId, threadId),
  )
