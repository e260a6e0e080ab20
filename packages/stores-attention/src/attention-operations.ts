import { defineOperation, isoDate, type Operation } from '@athena-memory/operations'
import { z } from 'zod'
import type { AttentionStore } from './attention-store.ts'

const entry = z.object({
  id: z.string(),
  content: z.string(),
  createdAt: isoDate,
})

const recent = defineOperation({
  name: 'attention.recent',
  title: 'List the newest entries',
  description:
    'Lists the newest entries of the attention layer. To find one by its words, recall it.',
  input: z.object({
    projectId: z.string().min(1).describe('id of the project'),
    limit: z.int().min(1).max(100).default(10).describe('the most entries to list'),
  }),
  output: z.object({ entries: z.array(entry) }),
  effect: 'read',
  run: async (store: AttentionStore, { projectId, limit }) => ({
    entries: await store.recent(projectId, limit),
  }),
})

/** What the attention layer can be asked to do, over a `AttentionStore`. */
export const attentionOperations: readonly Operation<AttentionStore>[] = [recent]
