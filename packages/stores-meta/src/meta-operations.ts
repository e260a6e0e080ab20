import { defineOperation, isoDate, type Operation } from '@athena-memory/operations'
import { z } from 'zod'
import type { MetaStore } from './meta-store.ts'

const entry = z.object({
  id: z.string(),
  content: z.string(),
  createdAt: isoDate,
})

const recent = defineOperation({
  name: 'meta.recent',
  title: 'List the newest entries',
  description: 'Lists the newest entries of the meta layer. To find one by its words, recall it.',
  input: z.object({
    projectId: z.string().min(1).describe('id of the project'),
    limit: z.int().min(1).max(100).default(10).describe('the most entries to list'),
  }),
  output: z.object({ entries: z.array(entry) }),
  effect: 'read',
  run: async (store: MetaStore, { projectId, limit }) => ({
    entries: await store.recent(projectId, limit),
  }),
})

/** What the meta layer can be asked to do, over a `MetaStore`. */
export const metaOperations: readonly Operation<MetaStore>[] = [recent]
