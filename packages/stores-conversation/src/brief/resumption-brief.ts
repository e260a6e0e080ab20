import type { Database } from '@athena-memory/db-core'
import { and, desc, eq, gt, isNull, ne, or } from 'drizzle-orm'
import { type Message, type MessageRow, toMessage, TOOL_ROLE } from '../message.ts'
import { readMessages } from '../read-thread.ts'
import { type Session, type SessionRow, toSession } from '../session.ts'
import { findSession } from '../sessions.ts'
import type { StoreContext } from '../store-context.ts'
import { type Summary, type SummaryRow, toSummary } from '../summary/summary.ts'
import type { ThreadRow } from '../thread.ts'
import { composeBrief } from './compose-brief.ts'
import type { OpenTask } from './open-task.ts'

/** What a brief is to be about, and how long it may be. */
export interface BriefOptions {
  readonly projectId: string
  /** Default: the session that was last active. */
  readonly sessionId?: string | undefined
  /** Usually the session that has just begun. */
  readonly excludeSessionId?: string | undefined
  /** Budget of the text; default 2,000. */
  readonly maxTokens?: number | undefined
  /** Turns of the user, with what followed each; default 3. */
  readonly turns?: number | undefined
}

/** Where the work stood. */
export interface ResumptionBrief {
  /** To be read by an agent; empty where there is nothing to resume. */
  readonly text: string
  /** Estimated tokens of the text. */
  readonly tokens: number
  /** Absent where nothing was said in the project yet. */
  readonly session?: Session | undefined
  readonly threadId?: string | undefined
  /** The latest summary of its thread or of the session. */
  readonly summary?: Summary | undefined
  /** The tasks in the text, the most urgent first. */
  readonly tasks: OpenTask[]
  /** The messages in the text, in their order; the last of them may be cut there. */
  readonly messages: Message[]
}

const MAX_TOKENS = 2000
const TURNS = 3
const MAX_TASKS = 20
/** Messages that are looked at for turns: the latest ones. */
const MAX_MESSAGES = 50

/** Says where the work stood; see `ConversationStore.resumptionBrief`. */
export const writeBrief = async (
  { db, readOpenTasks }: StoreContext,
  options: BriefOptions,
): Promise<ResumptionBrief> => {
  const { projectId, maxTokens = MAX_TOKENS, turns = TURNS } = options
  const tasks = await readOpenTasks(projectId, MAX_TASKS)
  const last = await db.read((snapshot) => readLast(snapshot, options))
  const parts = last ? partsOf(last, turns) : { turns: [] }
  const brief = composeBrief({ ...parts, tasks }, { maxTokens })
  return {
    ...(last && {
      session: toSession(last.session),
      threadId: last.thread.id,
      summary: last.summary && toSummary(last.summary),
    }),
    text: brief.text,
    tokens: brief.tokens,
    tasks: brief.tasks,
    messages: brief.turns.map(toMessage),
  }
}

const partsOf = ({ session, summary, messages }: LastConversation, turns: number) => ({
  heading: describe(session),
  summary: summary?.content,
  turns: lastTurns(messages, turns),
})

interface LastConversation {
  readonly session: SessionRow
  readonly thread: ThreadRow
  readonly summary: SummaryRow | undefined
  readonly messages: readonly MessageRow[]
}

const readLast = async (
  snapshot: Database,
  options: BriefOptions,
): Promise<LastConversation | undefined> => {
  const thread = await findLastThread(snapshot, options)
  const session = thread && (await findSession(snapshot, thread.sessionId))
  if (!session) return undefined
  const latest = await readMessages(snapshot, thread.id, {
    order: 'newest',
    limit: MAX_MESSAGES,
    where: ne(snapshot.tables.messages.role, TOOL_ROLE),
  })
  const summary = await findSummary(snapshot, thread)
  return { session, thread, summary, messages: latest.toReversed() }
}

const findLastThread = async (
  { query, tables: { threads } }: Database,
  { projectId, sessionId, excludeSessionId }: BriefOptions,
): Promise<ThreadRow | undefined> => {
  const [thread] = await query
    .select()
    .from(threads)
    .where(
      and(
        eq(threads.projectId, projectId),
        sessionId === undefined ? undefined : eq(threads.sessionId, sessionId),
        excludeSessionId === undefined ? undefined : ne(threads.sessionId, excludeSessionId),
        gt(threads.messageCount, 0),
        isNull(threads.archivedAt),
      ),
    )
    .orderBy(desc(threads.lastActiveAt), desc(threads.id))
    .limit(1)
  return thread
}

const findSummary = async (
  { query, tables: { conversationSummaries: summaries } }: Database,
  { id, sessionId }: ThreadRow,
): Promise<SummaryRow | undefined> => {
  const [summary] = await query
    .select()
    .from(summaries)
    .where(
      and(
        eq(summaries.sessionId, sessionId),
        or(eq(summaries.threadId, id), isNull(summaries.threadId)),
      ),
    )
    .orderBy(desc(summaries.summarizedAt), desc(summaries.id))
    .limit(1)
  return summary
}

/** From the message of the user on with which the last turns begin; all where there are fewer. */
const lastTurns = (messages: readonly MessageRow[], turns: number): MessageRow[] => {
  const starts = messages.flatMap(({ role }, index) => (role === 'user' ? [index] : []))
  return messages.slice(starts.at(-turns) ?? 0)
}

const describe = ({ title, externalId, id, agent, startedAt, endedAt }: SessionRow): string => {
  const from = startedAt.toISOString().slice(0, 16)
  const until = endedAt ? ` to ${endedAt.toISOString().slice(0, 16)}` : ', not ended'
  const by = agent === null ? '' : ` with ${agent}`
  return `# Last session: ${title ?? externalId ?? id}${by} (${from}${until}, UTC)`
}
