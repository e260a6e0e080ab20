import { defineOperation } from '@athena-memory/operations'
import { z } from 'zod'
import type { ConversationStore } from '../conversation-store.ts'
import * as schemas from './conversation-schemas.ts'

const { name, nextCursor, notices, position, projectId, redactions, sessionId, threadId } = schemas

const place = { sessionId: sessionId.optional(), threadId: threadId.optional() }
const maxTokens = z.number().int().min(20).max(100_000)

const summarize = defineOperation({
  name: 'conversation.summarize',
  title: 'Summarize a conversation',
  description:
    'Keeps what a thread or session came to. Give the text as content where a model wrote one; without it the sentences that say most are taken, by a method that needs no model.',
  input: z.object({
    threadId: threadId.optional().describe('either this or sessionId'),
    sessionId: sessionId.optional(),
    content: schemas.content.optional().describe('the summary; extracted when left out'),
    model: name.optional().describe('the model that wrote the content'),
    fromPosition: position.optional().describe('first message covered, of a thread'),
    toPosition: position.optional().describe('last message covered, of a thread'),
    maxTokens: maxTokens.default(300).describe('the most that is extracted'),
  }),
  output: z.object({
    summary: schemas.summary.optional().describe('absent when there is nothing to sum up'),
    isUnchanged: z.boolean().describe('whether the latest one said exactly this already'),
    redactions,
    notices,
  }),
  effect: 'write',
  examples: [{ title: 'Without a model', input: { threadId: 't1' } }],
  run: async (store: ConversationStore, input) =>
    (await store.summarize(input)) ?? { isUnchanged: true, redactions: 0, notices: [] },
})

const summaries = defineOperation({
  name: 'conversation.summaries',
  title: 'List summaries',
  description: 'Lists the summaries of a project, session or thread, the latest first.',
  input: z.object({ projectId, ...place, ...schemas.page }),
  output: z.object({ summaries: z.array(schemas.summary), nextCursor }),
  effect: 'read',
  examples: [{ title: 'Of a session', input: { projectId: 'p1', sessionId: 's1' } }],
  run: (store: ConversationStore, input) => store.summaries(input),
})

const takeSnapshot = defineOperation({
  name: 'conversation.snapshot',
  title: 'Keep the context',
  description:
    'Keeps what an agent has in mind before it is lost, such as before a clear or a compaction: the content given, or the last messages of a thread. conversation.recover brings it back.',
  input: z.object({
    projectId,
    ...place,
    label: schemas.title.optional(),
    reason: name.default('manual').describe('such as clear or compaction'),
    content: schemas.content.optional().describe('left out: the last messages of the thread'),
    state: schemas.json.optional().describe('open tasks, files, items in mind'),
    maxTokens: maxTokens.default(4000).describe('the most that is copied from the thread'),
  }),
  output: z.object({ snapshot: schemas.snapshot, redactions, notices }),
  effect: 'write',
  examples: [
    { title: 'Before a clear', input: { projectId: 'p1', threadId: 't1', reason: 'clear' } },
  ],
  run: (store: ConversationStore, input) => store.snapshot(input),
})

const snapshots = defineOperation({
  name: 'conversation.snapshots',
  title: 'List snapshots',
  description: 'Lists what was kept of contexts in a project, the latest first.',
  input: z.object({ projectId, ...place, ...schemas.page }),
  output: z.object({ snapshots: z.array(schemas.snapshot), nextCursor }),
  effect: 'read',
  examples: [{ title: 'The last ones', input: { projectId: 'p1', limit: 5 } }],
  run: (store: ConversationStore, input) => store.snapshots(input),
})

const recover = defineOperation({
  name: 'conversation.recover',
  title: 'Bring a context back',
  description:
    'Gives the latest snapshot of a project, session or thread, or the one of an id. Use it after a clear or a compaction; to begin a new session use conversation.resumption-brief.',
  input: z.object({
    projectId,
    id: z.string().min(1).optional().describe('id of the snapshot; the latest when left out'),
    ...place,
  }),
  output: z.object({
    snapshot: schemas.snapshot.optional().describe('absent when there is none'),
  }),
  effect: 'write',
  examples: [{ title: 'After a clear', input: { projectId: 'p1', threadId: 't1' } }],
  run: async (store: ConversationStore, input) => ({ snapshot: await store.recover(input) }),
})

const resumptionBrief = defineOperation({
  name: 'conversation.resumption-brief',
  title: 'See where the work stood',
  description:
    'Gives a short text to begin a session with: the last session, open tasks, the latest summary and the last turns, within a budget of tokens.',
  input: z.object({
    projectId,
    sessionId: sessionId.optional().describe('default the session that was last active'),
    excludeSessionId: sessionId.optional().describe('usually the session that has just begun'),
    maxTokens: maxTokens.default(2000),
    turns: z.number().int().min(1).max(20).default(3).describe('last turns of the user'),
  }),
  output: z.object({
    text: z.string().describe('empty where there is nothing to resume'),
    tokens: z.number().int().describe('estimated'),
    session: schemas.session.optional(),
    threadId: z.string().optional(),
    summary: schemas.summary.optional(),
    tasks: z.array(schemas.openTask),
    messages: z.array(schemas.message),
  }),
  effect: 'read',
  examples: [{ title: 'At the start', input: { projectId: 'p1', excludeSessionId: 's2' } }],
  run: (store: ConversationStore, input) => store.resumptionBrief(input),
})

/** Operations on what a conversation came to and where it stood. */
export const contextOperations = [
  summarize,
  summaries,
  takeSnapshot,
  snapshots,
  recover,
  resumptionBrief,
] as const
