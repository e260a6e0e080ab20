import { z } from 'zod'

/** What is shown of a result of `memory.recall`. */
const recollection = z.object({
  id: z.string(),
  layer: z.string(),
  kind: z.string(),
  content: z.string(),
  hybridScore: z.number(),
  semanticSimilarity: z.number().optional(),
  keywordRank: z.number().optional(),
  signals: z.record(z.string(), z.number()),
  speaker: z.string().optional(),
  groupId: z.string().optional(),
  tags: z.array(z.string()),
  occurredAt: z.string().optional(),
})

/** What is shown of the output of `memory.recall`. */
export const recalled = z.object({
  results: z.array(recollection),
  notices: z.array(z.string()),
})

/** A memory that was recalled, and why. */
export type Recollection = z.output<typeof recollection>
