import { defineOperation, isoDate } from '@athena-memory/operations'
import { z } from 'zod'
import type { ConversationStore } from '../conversation-store.ts'
import { EXPORT_FORMATS } from '../export/export-conversation.ts'
import * as schemas from './conversation-schemas.ts'

const { name, nextCursor, projectId, session, sessionId, thread, threadId, title } = schemas

const startSession = defineOperation({
  name: 'conversation.start-session',
  title: 'Start a session',
  description:
    'Begins a stretch of work, or takes the one of the same externalId up again. Use it when an agent starts; messages then go into its threads. What was going on before is conversation.resumption-brief.',
  input: z.object({
    projectId,
    externalId: name.optional().describe('what the host calls it; unique in the project'),
    title: title.optional(),
    agent: name.optional().describe('which agent or host holds it'),
    context: schemas.json.optional(),
    startedAt: isoDate.optional().describe('default now'),
  }),
  output: z.object({ session, created: z.boolean() }),
  effect: 'write',
  examples: [
    { title: 'An agent starts', input: { projectId: 'p1', externalId: 's-42', agent: 'coder' } },
  ],
  run: (store: ConversationStore, input) => store.startSession(input),
})

const endSession = defineOperation({
  name: 'conversation.end-session',
  title: 'End a session',
  description: 'Notes that a session is over. One that has ended already stays as it is.',
  input: z.object({ id: sessionId, endedAt: isoDate.optional().describe('default now') }),
  output: z.object({ session: session.optional().describe('absent when there is none') }),
  effect: 'write',
  idempotent: true,
  examples: [{ title: 'The work is done', input: { id: 's1' } }],
  run: async (store: ConversationStore, { id, endedAt }) => ({
    session: await store.endSession(id, endedAt),
  }),
})

const sessions = defineOperation({
  name: 'conversation.sessions',
  title: 'List sessions',
  description: 'Lists the sessions of a project, the latest first, a page at a time.',
  input: z.object({ projectId, ...schemas.page }),
  output: z.object({ sessions: z.array(session), nextCursor }),
  effect: 'read',
  examples: [{ title: 'The last sessions', input: { projectId: 'p1', limit: 5 } }],
  run: (store: ConversationStore, input) => store.sessions(input),
})

const startThread = defineOperation({
  name: 'conversation.start-thread',
  title: 'Start a thread',
  description:
    'Begins a run of messages about one thing inside a session. A change of subject deserves a thread of its own.',
  input: z.object({
    sessionId,
    title: title.optional(),
    tags: schemas.tags.optional().describe('its messages are found under these too'),
    startedAt: isoDate.optional().describe('default now'),
  }),
  output: z.object({ thread }),
  effect: 'write',
  examples: [{ title: 'A subject', input: { sessionId: 's1', title: 'The failing build' } }],
  run: async (store: ConversationStore, input) => ({ thread: await store.startThread(input) }),
})

const archive = defineOperation({
  name: 'conversation.archive',
  title: 'Archive a thread',
  description:
    'Takes a thread out of the list of recent ones and out of briefs; isArchived false brings it back. Search finds it all the same. To erase it use conversation.forget.',
  input: z.object({ id: threadId, isArchived: z.boolean().default(true) }),
  output: z.object({ thread: thread.optional().describe('absent when there is none') }),
  effect: 'write',
  idempotent: true,
  examples: [{ title: 'Done with it', input: { id: 't1' } }],
  run: async (store: ConversationStore, { id, isArchived }) => ({
    thread: await store.archive(id, { isArchived }),
  }),
})

const exportText = defineOperation({
  name: 'conversation.export',
  title: 'Export a conversation',
  description:
    'Writes a whole thread or session down as Markdown to read or JSON to process. It can be long: to look something up use conversation.thread or conversation.search.',
  input: z.object({
    threadId: threadId.optional().describe('either this or sessionId'),
    sessionId: sessionId.optional(),
    format: z.enum(EXPORT_FORMATS).default('markdown'),
  }),
  output: z.object({
    export: z
      .object({
        format: z.enum(EXPORT_FORMATS),
        text: z.string(),
        threads: z.number().int(),
        messages: z.number().int(),
      })
      .optional()
      .describe('absent when there is no such thread or session'),
  }),
  effect: 'read',
  examples: [{ title: 'A session to read', input: { sessionId: 's1' } }],
  run: async (store: ConversationStore, input) => ({ export: await store.export(input) }),
})

const count = z.number().int()

const forget = defineOperation({
  name: 'conversation.forget',
  title: 'Forget a conversation',
  description:
    'Erases a session, thread, message, summary or snapshot with everything in it, and every summary and copy that was made from it. It cannot be brought back: export it first, or use conversation.archive.',
  input: z.object({
    id: z.string().min(1).describe('id of a session, thread, message, summary or snapshot'),
  }),
  output: z.object({
    forgotten: z.boolean(),
    sessions: count,
    threads: count,
    messages: count,
    summaries: count,
    snapshots: count,
    documents: count,
    embeddings: count,
    derivations: count,
    affected: z
      .array(z.object({ layer: z.string(), id: z.string() }))
      .describe('what other layers derived from it, which stays'),
  }),
  effect: 'destructive',
  idempotent: true,
  examples: [{ title: 'Something that should not have been said', input: { id: 'm1' } }],
  run: (store: ConversationStore, { id }) => store.forget(id),
})

/** Operations on sessions and threads. */
export const sessionOperations = [
  startSession,
  endSession,
  sessions,
  startThread,
  archive,
  exportText,
  forget,
] as const
