import { isoDate } from '@athena-memory/operations'
import { z } from 'zod'
import { GOAL_STATUSES, GOAL_TYPES } from '../goals/goal.ts'
import { CONTENT_TYPES } from '../items/activation.ts'
import { COMPONENTS } from '../items/capacity.ts'
import { PATH_KINDS } from '../items/item.ts'
import { ROUTED_LAYERS } from '../router/layers.ts'
import { ROUTE_METHODS } from '../router/route.ts'
import { itemSnapshot } from '../router/snapshot.ts'

/** The fields that several operations of this layer share. */
export const projectId = z.string().min(1).max(200).describe('id of the project')
export const id = z.string().min(1).max(200)
export const itemId = id.describe('id of an item')
export const ids = z.array(id).min(1).max(1000).describe('ids of items')
export const content = z.string().min(1).max(1_048_576)
export const component = z.enum(COMPONENTS)
export const contentType = z.enum(CONTENT_TYPES)
export const pathKind = z.enum(PATH_KINDS)
export const layer = z.enum(ROUTED_LAYERS)
export const share = z.number().min(0).max(1)
export const tags = z.array(z.string().min(1).max(200)).max(100)
export const source = z.string().min(1).max(2000)
export const count = z.number().int().nonnegative()
export const cursor = z.string().min(1).max(10_000).describe('nextCursor of the page before')
export const limit = z.number().int().min(1).max(200).default(20)
export const nextCursor = z.string().optional()

/** What everything that is held may say of itself. */
export const heldFields = {
  importance: share.optional().describe('default .5; what is important fades more slowly'),
  tags: tags.optional(),
  source: source.optional().describe('where it was learned: a file, an address, a session'),
  origin: z
    .record(z.string().max(200), z.unknown())
    .optional()
    .describe('what it came from, as JSON; goes along when the item is moved'),
}

/** An item in a result. */
export const item = z.object({
  id: z.string(),
  projectId: z.string(),
  content: z.string(),
  contentType,
  component,
  activation: share.describe('now'),
  importance: share,
  decayRate: z.number().describe('per hour'),
  lastAccessedAt: isoDate,
  accessCount: count,
  focusedAt: isoDate.optional().describe('absent where it is not in focus'),
  tags: z.array(z.string()),
  source: z.string().optional(),
  origin: z.record(z.string(), z.unknown()).optional(),
  path: z.string().optional(),
  pathKind: pathKind.optional(),
  createdAt: isoDate,
  updatedAt: isoDate,
})
export const items = z.array(item)

/** Where an item went. */
export const moved = z.object({
  itemId: z.string(),
  layer,
  id: z.string().describe('of its row in that layer'),
  intendedLayer: layer.describe('differs from layer where that takes nothing in'),
  routeId: z.string().describe('working.feedback on it trains the router'),
  confidence: share,
  method: z.enum(ROUTE_METHODS),
})

/** What became of something to hold. */
export const held = z.object({
  item,
  moved: z.array(moved).describe('items that made room for it'),
  redactions: count.describe('keys, tokens and passwords that were cut out'),
  notices: z.array(z.string()),
})

/** A goal in a result. */
export const goal = z.object({
  id: z.string(),
  projectId: z.string(),
  parentId: z.string().optional(),
  content: z.string(),
  goalType: z.enum(GOAL_TYPES),
  priority: z.number().int(),
  status: z.enum(GOAL_STATUSES),
  progress: share,
  completionCriteria: z.string().optional(),
  dueAt: isoDate.optional(),
  suspendedAt: isoDate.optional(),
  completedAt: isoDate.optional(),
  createdAt: isoDate,
  updatedAt: isoDate,
})

/** A decision of the router in a result. */
export const route = z.object({
  id: z.string(),
  projectId: z.string(),
  itemId: z.string(),
  item: itemSnapshot.optional().describe('as it was; absent after it was forgotten'),
  features: z.record(z.string(), z.number()),
  targetLayer: layer,
  actualLayer: z.string().optional().describe('absent while it was not moved'),
  actualId: z.string().optional(),
  confidence: share,
  method: z.enum(ROUTE_METHODS),
  modelVersion: z.number().int().optional(),
  routedAt: isoDate,
  wasCorrect: z.boolean().optional(),
  correctLayer: layer.optional(),
  feedbackAt: isoDate.optional(),
})

/** What is known of a trained router. */
export const model = z.object({
  version: z.number().int(),
  algorithm: z.string(),
  sampleCount: count,
  layers: z.array(z.string()),
  accuracy: share.optional().describe('by cross-validation in five parts'),
  trainedAt: isoDate,
})
