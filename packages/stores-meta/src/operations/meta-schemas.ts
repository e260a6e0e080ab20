import { isoDate } from '@athena-memory/operations'
import { z } from 'zod'
import { DOMAIN_CATEGORIES } from '../coverage.ts'
import { GAP_KINDS } from '../detect-gaps.ts'
import { EXPERTISE_LEVELS } from '../expertise.ts'
import { LAYER_NAME } from '@athena-memory/db-core/stores'

/** The fields that several operations of this layer share. */
export const projectId = z.string().min(1).describe('id of the project')
export const share = z.number().min(0).max(1)
export const layer = z.string().max(50).regex(LAYER_NAME, 'expected kebab-case').describe('layer')
export const itemId = z.string().min(1).max(500).describe('id of a row there')
export const item = z.strictObject({ layer, id: itemId })
export const domain = z.string().min(1).max(200)
export const category = z.enum(DOMAIN_CATEGORIES)
export const count = z.number().int().nonnegative()
export const page = {
  limit: z.number().int().min(1).max(500).default(20),
  cursor: z.string().min(1).max(200).optional().describe('nextCursor of the page before'),
}
export const nextCursor = z.string().optional()

/** An item in a result. */
export const itemRef = z.object({ layer: z.string(), id: z.string() })

/** What became known of an item by using it. */
export const quality = itemRef.extend({
  projectId: z.string(),
  domain: z.string().optional(),
  accessCount: count,
  judgedCount: count.describe('accesses of which somebody said whether they were useful'),
  usefulCount: count,
  usefulness: z.number().optional().describe('useful among the judged; absent without any'),
  confidence: z.number().optional().describe('absent while nobody has said'),
  relevance: z.number().optional().describe('what time has left of it'),
  source: z.string().optional(),
  verifiedAt: isoDate.optional(),
  lastAccessedAt: isoDate.optional(),
})

/** What is known of a domain. */
export const knowledge = z.object({
  domain: z.string(),
  memories: count,
  episodes: count,
  procedures: count,
  entities: count,
  meanConfidence: z.number().optional(),
  meanUsefulness: z.number().optional(),
  firstSeenAt: isoDate.optional(),
  expertise: z
    .object({
      score: z.number(),
      level: z.enum([...EXPERTISE_LEVELS.map(([level]) => level), 'beginner'] as const),
    })
    .optional()
    .describe('absent where no confidence is known'),
  strengths: z.array(z.string()),
})

/** A domain as it is stored. */
export const domainSchema = knowledge.extend({ category, assessedAt: isoDate })

/** Something missing or wrong. */
export const gap = z.object({
  id: z.string(),
  projectId: z.string(),
  kind: z.enum(GAP_KINDS),
  subject: z.string(),
  domain: z.string().optional(),
  description: z.string(),
  severity: z.number(),
  evidence: z.array(itemRef),
  detectedAt: isoDate,
  resolvedAt: isoDate.optional(),
  resolution: z.string().optional(),
})
