import { isoDate } from '@athena-memory/operations'
import { z } from 'zod'
import { MAX_BYTES } from '../check-values.ts'
import { DIRECTIONS } from '../relations/find-relations.ts'

/** The fields that several operations of this layer share. */
export const projectId = z.string().min(1).describe('id of the project')
export const entityId = z.string().min(1).max(200).describe('id of an entity')
export const rowId = z.string().min(1).max(200)
export const name = z.string().min(1).max(MAX_BYTES.name)
export const entityType = z.string().min(1).max(MAX_BYTES.entityType).describe('such as person')
export const namespace = z.string().min(1).max(MAX_BYTES.namespace)
export const relationType = z
  .string()
  .min(1)
  .max(MAX_BYTES.relationType)
  .describe('in words, from the one to the other: works_at')
export const content = z.string().min(1).max(MAX_BYTES.content)
export const source = z.string().min(1).max(MAX_BYTES.source)
export const share = z.number().min(0).max(1)
export const metadata = z.record(z.string(), z.unknown())
export const notices = z.array(z.string())
export const redactions = z.number().int().describe('keys, tokens and passwords that were cut out')
export const asOf = isoDate.optional().describe('what was true then; default now')
export const validFrom = isoDate.optional().describe('since when it is true')
export const validUntil = isoDate.optional().describe('until when it is true')
export const relationTypes = z
  .array(relationType)
  .min(1)
  .max(100)
  .optional()
  .describe('follow these only')
export const direction = z
  .enum(DIRECTIONS)
  .default('both')
  .describe('as relations point, against it, or either way')
export const cursor = z
  .string()
  .min(1)
  .max(500)
  .optional()
  .describe('nextCursor of the page before')
export const nextCursor = z.string().optional()
export const pageLimit = z.number().int().min(1).max(500).default(50)
export const count = z.number().int().nonnegative()

/** What is told of an entity. */
export const entity = z.object({
  id: z.string(),
  projectId: z.string(),
  name: z.string(),
  entityType: z.string(),
  namespace: z.string(),
  metadata,
  createdAt: isoDate,
  updatedAt: isoDate,
})

/** What is told of a relation. */
export const relation = z.object({
  id: z.string(),
  projectId: z.string(),
  fromId: z.string(),
  toId: z.string(),
  relationType: z.string(),
  strength: z.number(),
  confidence: z.number(),
  validFrom: isoDate.optional(),
  validUntil: isoDate.optional(),
  supersededAt: isoDate.optional().describe('since when it is known to be a mistake'),
  metadata,
  createdAt: isoDate,
  updatedAt: isoDate,
})

/** What is told of an observation. */
export const observation = z.object({
  id: z.string(),
  projectId: z.string(),
  entityId: z.string(),
  content: z.string(),
  confidence: z.number(),
  source: z.string().optional(),
  observedAt: isoDate,
  validFrom: isoDate.optional(),
  validUntil: isoDate.optional(),
  supersededBy: z.string().optional(),
  supersededAt: isoDate.optional(),
  createdAt: isoDate,
  updatedAt: isoDate,
})

/** What is told of a community. */
export const community = z.object({
  id: z.string(),
  projectId: z.string(),
  level: count,
  parentId: z.string().optional(),
  label: z.string().optional(),
  memberCount: count,
  density: z.number(),
  internalEdges: count,
  externalEdges: count,
  modularity: z.number(),
  summary: z.string().optional(),
  summaryMethod: z.string().optional(),
  summarizedAt: isoDate.optional(),
  detectedAt: isoDate,
})

/** What was erased. */
export const receipt = z.object({
  forgotten: z.boolean(),
  entities: count,
  observations: count,
  relations: count,
  summaries: count,
  documents: count,
  embeddings: count,
  derivations: count,
  affected: z
    .array(z.object({ layer: z.string(), id: z.string() }))
    .describe('what was derived from it among other things, and stays'),
})
