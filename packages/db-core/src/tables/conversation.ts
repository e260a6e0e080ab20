import type { Vocabulary } from '../vocabulary/vocabulary.ts'
import { ownedColumns } from './owned-columns.ts'
import type { ProjectTables } from './projects.ts'

/** Conversations: who said what, in which session, and what it came to. */
export const defineConversation = (c: Vocabulary, projects: ProjectTables) => {
  const sessions = defineSessions(c, projects)
  const threads = defineThreads(c, projects, sessions)
  const parents = { sessions, threads }
  return {
    ...parents,
    messages: defineMessages(c, projects, threads),
    conversationSummaries: defineConversationSummaries(c, projects, parents),
    contextSnapshots: defineContextSnapshots(c, projects, parents),
  }
}

const defineSessions = (c: Vocabulary, { projects }: ProjectTables) =>
  c.table(
    'sessions',
    {
      ...ownedColumns(c),
      /** What the host calls it; absent where it has no name for it. */
      externalId: c.text('external_id'),
      title: c.text('title'),
      /** Which agent or host held it. */
      agent: c.text('agent'),
      startedAt: c.timestamp('started_at').notNull(),
      endedAt: c.timestamp('ended_at'),
      context: c.json<Record<string, unknown>>('context').notNull(),
    },
    (t) => [
      c.primaryKey(t, [t.id]),
      c.foreignKey(t, t.projectId, projects),
      c.uniqueIndex('sessions_project_id_external_id_idx', t, [t.projectId, t.externalId]),
      c.index('sessions_project_id_started_at_idx', t, [t.projectId, t.startedAt]),
    ],
  )

type Sessions = ReturnType<typeof defineSessions>

const defineThreads = (c: Vocabulary, { projects }: ProjectTables, sessions: Sessions) =>
  c.table(
    'threads',
    {
      ...ownedColumns(c),
      sessionId: c.text('session_id').notNull(),
      title: c.text('title'),
      tags: c.json<string[]>('tags').notNull(),
      startedAt: c.timestamp('started_at').notNull(),
      /** When its last message was said; its beginning while there is none. */
      lastActiveAt: c.timestamp('last_active_at').notNull(),
      archivedAt: c.timestamp('archived_at'),
      messageCount: c.integer('message_count').notNull(),
      tokenCount: c.integer('token_count').notNull(),
    },
    (t) => [
      c.primaryKey(t, [t.id]),
      c.foreignKey(t, t.projectId, projects),
      c.foreignKey(t, t.sessionId, sessions),
      c.index('threads_session_id_started_at_idx', t, [t.sessionId, t.startedAt]),
      c.index('threads_project_id_last_active_at_idx', t, [t.projectId, t.lastActiveAt]),
    ],
  )

type Threads = ReturnType<typeof defineThreads>

interface Parents {
  readonly sessions: Sessions
  readonly threads: Threads
}

const defineMessages = (c: Vocabulary, { projects }: ProjectTables, threads: Threads) =>
  c.table(
    'messages',
    {
      ...ownedColumns(c),
      threadId: c.text('thread_id').notNull(),
      /** Its place in the thread, from 0. */
      position: c.integer('position').notNull(),
      role: c.text('role').notNull(),
      speaker: c.text('speaker'),
      content: c.text('content').notNull(),
      tokens: c.integer('tokens').notNull(),
      model: c.text('model'),
      metadata: c.json<Record<string, unknown>>('metadata').notNull(),
      saidAt: c.timestamp('said_at').notNull(),
    },
    (t) => [
      c.primaryKey(t, [t.id]),
      c.foreignKey(t, t.projectId, projects),
      c.foreignKey(t, t.threadId, threads),
      c.uniqueIndex('messages_thread_id_position_idx', t, [t.threadId, t.position]),
      c.index('messages_project_id_said_at_idx', t, [t.projectId, t.saidAt]),
    ],
  )

const defineConversationSummaries = (
  c: Vocabulary,
  { projects }: ProjectTables,
  { sessions, threads }: Parents,
) =>
  c.table(
    'conversation_summaries',
    {
      ...ownedColumns(c),
      sessionId: c.text('session_id').notNull(),
      /** Absent where the whole session is summed up. */
      threadId: c.text('thread_id'),
      content: c.text('content').notNull(),
      /** Positions of the first and last message that it covers. */
      fromPosition: c.integer('from_position'),
      toPosition: c.integer('to_position'),
      tokens: c.integer('tokens').notNull(),
      method: c.text('method').notNull(),
      model: c.text('model'),
      summarizedAt: c.timestamp('summarized_at').notNull(),
    },
    (t) => [
      c.primaryKey(t, [t.id]),
      c.foreignKey(t, t.projectId, projects),
      c.foreignKey(t, t.sessionId, sessions),
      c.foreignKey(t, t.threadId, threads),
      c.index('conversation_summaries_session_id_summarized_at_idx', t, [
        t.sessionId,
        t.summarizedAt,
      ]),
      c.index('conversation_summaries_thread_id_summarized_at_idx', t, [
        t.threadId,
        t.summarizedAt,
      ]),
      c.index('conversation_summaries_project_id_summarized_at_idx', t, [
        t.projectId,
        t.summarizedAt,
      ]),
    ],
  )

const defineContextSnapshots = (
  c: Vocabulary,
  { projects }: ProjectTables,
  { sessions, threads }: Parents,
) =>
  c.table(
    'context_snapshots',
    {
      ...ownedColumns(c),
      sessionId: c.text('session_id'),
      threadId: c.text('thread_id'),
      label: c.text('label'),
      /** Why it was taken: before a clear, a compaction, by hand. */
      reason: c.text('reason').notNull(),
      content: c.text('content').notNull(),
      /** What goes with the text: open tasks, files, items in mind. */
      state: c.json<Record<string, unknown>>('state').notNull(),
      tokens: c.integer('tokens').notNull(),
      takenAt: c.timestamp('taken_at').notNull(),
      recoveredAt: c.timestamp('recovered_at'),
    },
    (t) => [
      c.primaryKey(t, [t.id]),
      c.foreignKey(t, t.projectId, projects),
      c.foreignKey(t, t.sessionId, sessions),
      c.foreignKey(t, t.threadId, threads),
      c.index('context_snapshots_project_id_taken_at_idx', t, [t.projectId, t.takenAt]),
      c.index('context_snapshots_session_id_taken_at_idx', t, [t.sessionId, t.takenAt]),
      c.index('context_snapshots_thread_id_taken_at_idx', t, [t.threadId, t.takenAt]),
    ],
  )
