import { isoDate } from '@athena-memory/operations'
import { z } from 'zod'
import { CONSOLIDATION_STATES } from '../consolidation-state.ts'
import { MEMORY_DOMAINS, MEMORY_TYPES, TRUST_LEVELS } from '../memory.ts'

/** The fields that several operations of this layer share. */
export const id = z.string().min(1).describe('id of the memory, of any of its versions')
export const ids = z.array(z.string().min(1)).min(1).max(1000).describe('ids of memories')
export const projectId = z.string().min(1).describe('id of the project')
export const state = z.enum(CONSOLIDATION_STATES)
export const memoryType = z.enum(MEMORY_TYPES)
export const domain = z.enum(MEMORY_DOMAINS)
export const trust = z.enum(TRUST_LEVELS)
export const tags = z.array(z.string().min(1).max(200)).max(100)
export const confidence = z.number().min(0).max(1)
export const content = z.string().min(1).max(1_048_576)
export const source = z.string().min(1).max(2000)

/** What remember and supersede take besides the content. */
export const memoryFields = {
  memoryType: memoryType.optional().describe('default fact'),
  domain: domain.optional().describe('default memory'),
  tags: tags.optional(),
  confidence: confidence.optional().describe('default 1'),
  validFrom: isoDate.optional().describe('since when it is true'),
  validUntil: isoDate.optional().describe('until when it is true'),
  source: source.optional().describe('where it was learned: a file, an address, a session'),
  trust: trust.optional().describe('who says so; default agent'),
  speaker: z.string().min(1).max(200).optional().describe('who said it, by name'),
  role: z.string().min(1).max(50).optional().describe('such as user or assistant'),
  groupId: z.string().min(1).max(500).optional().describe('session, thread or file it stands in'),
  position: z.number().int().nonnegative().optional().describe('place in the group, from 0'),
  occurredAt: isoDate.optional().describe('when it was said'),
}

/** One version of a memory in a result. */
export const memory = z.object({
  id: z.string(),
  projectId: z.string(),
  content: z.string(),
  memoryType,
  domain,
  tags: z.array(z.string()),
  confidence: z.number(),
  usefulness: z.number(),
  accessCount: z.number().int(),
  lastAccessedAt: isoDate.optional(),
  lastRetrievedAt: isoDate.optional(),
  consolidationState: state,
  version: z.number().int(),
  supersededBy: z.string().optional(),
  supersededAt: isoDate.optional(),
  supersededReason: z.string().optional(),
  validFrom: isoDate.optional(),
  validUntil: isoDate.optional(),
  source: z.string().optional(),
  trust,
  createdAt: isoDate,
  updatedAt: isoDate,
})

/** A memory where it exists. */
export const found = z.object({ memory: memory.optional().describe('absent when there is none') })

/** What the caller should know of how something was done. */
export const notices = z.array(z.string())

/** What became of something to remember. */
export const remembered = z.object({
  memory,
  isDuplicate: z.boolean().describe('exactly this was known already'),
  redactions: z.number().int().describe('keys, tokens and passwords that were cut out'),
})

/** A memory that answers a question, and why. */
export const recalled = memory.extend({
  layer: z.literal('semantic'),
  hybridScore: z.number().describe('what results are ordered by'),
  semanticSimilarity: z.number().optional().describe('1 - cosine distance to the question'),
  keywordRank: z.number().int().optional().describe('place in the order by text alone, from 1'),
  signals: z.record(z.string(), z.number()),
  speaker: z.string().optional(),
  role: z.string().optional(),
  groupId: z.string().optional(),
  position: z.number().int().optional(),
  occurredAt: isoDate.optional(),
})
