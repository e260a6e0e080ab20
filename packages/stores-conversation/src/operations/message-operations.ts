import { defineOperation, isoDate } from '@athena-memory/operations'
import { z } from 'zod'
import type { ConversationStore } from '../conversation-store.ts'
import { MESSAGE_ORDERS } from '../read-thread.ts'
import { CONVERSATION_KINDS } from '../search-conversations.ts'
import * as schemas from './conversation-schemas.ts'

const { message, nextCursor, notices, projectId, redactions, role, thread, threadId } = schemas

const messageFields = {
  role,
  content: schemas.content,
  speaker: schemas.name.optional().describe('who said it, by name'),
  tokens: z.number().int().nonnegative().max(10_000_000).optional(),
  model: schemas.name.optional(),
  metadata: schemas.json.optional(),
  saidAt: isoDate.optional().describe('default now'),
}

const addMessage = defineOperation({
  name: 'conversation.add-message',
  title: 'Add a message to a thread',
  description:
    'Keeps what was said, word for word but for keys and passwords, at the end of a thread; search finds it at once. Tokens are estimated unless given. For something worth knowing by itself use semantic.remember, for what happened an episode.',
  input: z.object({ threadId, ...messageFields }),
  output: z.object({ message, redactions, notices }),
  effect: 'write',
  examples: [
    {
      title: 'A question of the user',
      input: { threadId: 't1', role: 'user', content: 'Why does the build fail?' },
    },
  ],
  run: (store: ConversationStore, { threadId: id, ...given }) => store.addMessage(id, given),
})

const addMessages = defineOperation({
  name: 'conversation.add-messages',
  title: 'Add many messages to a thread',
  description:
    'Like conversation.add-message for up to 1000 messages in their order, all or none. A transcript of an agent is conversation.ingest-jsonl.',
  input: z.object({
    threadId,
    messages: z.array(z.strictObject(messageFields)).min(1).max(1000),
  }),
  output: z.object({ messages: z.array(message), redactions, notices }),
  effect: 'write',
  examples: [
    {
      title: 'A question and its answer',
      input: {
        threadId: 't1',
        messages: [
          { role: 'user', content: 'Why does the build fail?' },
          { role: 'assistant', content: 'The lockfile is out of date.' },
        ],
      },
    },
  ],
  run: (store: ConversationStore, { threadId: id, messages }) => store.addMessages(id, messages),
})

const readThread = defineOperation({
  name: 'conversation.thread',
  title: 'Read a thread',
  description:
    'Gives a thread with its messages in their order, or from the newest back, a page at a time. To find something that was said use conversation.search.',
  input: z.object({
    id: threadId,
    order: z.enum(MESSAGE_ORDERS).default('oldest'),
    limit: z.number().int().min(1).max(500).default(100),
    cursor: schemas.page.cursor,
  }),
  output: z.object({
    thread: thread.optional().describe('absent when there is none'),
    messages: z.array(message),
    nextCursor,
  }),
  effect: 'read',
  examples: [{ title: 'The last ten', input: { id: 't1', order: 'newest', limit: 10 } }],
  run: async (store: ConversationStore, { id, ...options }) =>
    (await store.thread(id, options)) ?? { messages: [] },
})

const recent = defineOperation({
  name: 'conversation.recent',
  title: 'List recent threads',
  description:
    'Lists the threads of a project, the last active first. Where the work stood is conversation.resumption-brief.',
  input: z.object({
    projectId,
    sessionId: schemas.sessionId.optional(),
    includeArchived: z.boolean().default(false),
    ...schemas.page,
  }),
  output: z.object({ threads: z.array(thread), nextCursor }),
  effect: 'read',
  examples: [{ title: 'The last threads', input: { projectId: 'p1', limit: 5 } }],
  run: (store: ConversationStore, input) => store.recent(input),
})

const found = z.object({
  id: z.string(),
  kind: z.string().describe('message, summary or snapshot'),
  sessionId: z.string().optional(),
  threadId: z.string().optional(),
  position: z.number().int().optional(),
  role: z.string().optional(),
  speaker: z.string().optional(),
  occurredAt: isoDate.optional(),
  content: z.string(),
  hybridScore: z.number().describe('what results are ordered by'),
  semanticSimilarity: z.number().optional().describe('1 - cosine distance to the question'),
  keywordRank: z.number().int().optional().describe('place in the order by text alone, from 1'),
  signals: z.record(z.string(), z.number()),
})

const search = defineOperation({
  name: 'conversation.search',
  title: 'Find what was said',
  description:
    'Finds messages, summaries and snapshots of a project by words and meaning, best first; nothing relevant is an empty list. Facts that were drawn from conversations are semantic.recall.',
  input: z.object({
    projectId,
    query: z.string().min(1).max(10_000).describe('a question or a few words'),
    kinds: z.array(z.enum(CONVERSATION_KINDS)).min(1).max(3).optional(),
    sessionId: schemas.sessionId.optional(),
    threadId: threadId.optional(),
    roles: z.array(role).min(1).max(20).optional().describe('messages of these roles only'),
    tags: schemas.tags.optional().describe('threads that have all of these'),
    from: isoDate.optional().describe('said from then on'),
    to: isoDate.optional().describe('said before then'),
    limit: z.number().int().min(1).max(100).default(10),
    minScore: z.number().min(0).optional(),
  }),
  output: z.object({ results: z.array(found), notices }),
  effect: 'read',
  examples: [{ title: 'A question', input: { projectId: 'p1', query: 'why did the build fail' } }],
  run: (store: ConversationStore, input) => store.search(input),
})

/** Operations on what was said. */
export const messageOperations = [addMessage, addMessages, readThread, recent, search] as const
