import { defineOperation, isoDate, type Operation } from '@athena-memory/operations'
import { z } from 'zod'
import type { EpisodicStore } from './episodic-store.ts'

const entry = z.object({
  id: z.string(),
  content: z.string(),
  createdAt: isoDate,
})

const recent = defineOperation({
  name: 'episodic.recent',
  title: 'List the newest entries',
  description:
    'Lists the newest entries of the episodic layer. To find one by its words, recall it.',
  input: z.object({
    projectId: z.string().min(1).describe('id of the project'),
    limit: z.int().min(1).max(100).default(10).describe('the most entries to list'),
  }),
  output: z.object({ entries: z.array(entry) }),
  effect: 'read',
  run: async (store: EpisodicStore, { projectId, limit }) => ({
    entries: await store.recent(projectId, limit),
  }),
})

/** What the episodic layer can be asked to do, over a `EpisodicStore`. */
export const episodicOperations: readonly Operation<EpisodicStore>[] = [recent]
