import { defineOperation, isoDate, type Operation } from '@athena-memory/operations'
import { z } from 'zod'
import type { ConversationStore } from './conversation-store.ts'

const entry = z.object({
  id: z.string(),
  content: z.string(),
  createdAt: isoDate,
})

const recent = defineOperation({
  name: 'conversation.recent',
  title: 'List the newest entries',
  description:
    'Lists the newest entries of the conversation layer. To find one by its words, recall it.',
  input: z.object({
    projectId: z.string().min(1).describe('id of the project'),
    limit: z.int().min(1).max(100).default(10).describe('the most entries to list'),
  }),
  output: z.object({ entries: z.array(entry) }),
  effect: 'read',
  run: async (store: ConversationStore, { projectId, limit }) => ({
    entries: await store.recent(projectId, limit),
  }),
})

/** What the conversation layer can be asked to do, over a `ConversationStore`. */
export const conversationOperations: readonly Operation<ConversationStore>[] = [recent]
