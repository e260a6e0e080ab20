import { isoDate } from '@athena-memory/operations'
import { z } from 'zod'
import { ASSOCIATION_KINDS } from '../association.ts'
import { DIRECTIONS } from '../find-neighbours.ts'
import { LAYER_NAME } from '@athena-memory/db-core/stores'

/** The fields that several operations of this layer share. */
export const projectId = z.string().min(1).describe('id of the project')
export const share = z.number().min(0).max(1)
const layer = z.string().max(50).regex(LAYER_NAME, 'expected kebab-case').describe('layer')
const itemId = z.string().min(1).max(500).describe('id of a row there')
export const item = z.strictObject({ layer, id: itemId })
export const activeItem = z.strictObject({
  layer,
  id: itemId,
  activation: share.optional().describe('how active it is; default 1'),
})
export const activeItems = z.array(activeItem).min(1).max(1000)
export const ids = z.array(z.string().min(1).max(100)).min(1).max(1000)
export const sessionId = z.string().min(1).max(500).optional()
export const reason = z.string().min(1).max(2000).optional()
export const kind = z.enum(ASSOCIATION_KINDS)
export const kinds = z.array(kind).min(1).optional().describe('default any')
export const direction = z
  .enum(DIRECTIONS)
  .default('both')
  .describe('along associations, against them, or both')
export const limit = z.number().int().min(1).max(500).default(20)
export const page = {
  limit,
  cursor: z.string().min(1).max(200).optional().describe('nextCursor of the page before'),
}
export const count = z.number().int().nonnegative()
export const nextCursor = z.string().optional()

/** An item in a result. */
export const itemRef = z.object({ layer: z.string(), id: z.string() })

/** An association in a result. */
export const association = z.object({
  id: z.string(),
  projectId: z.string(),
  from: itemRef,
  to: itemRef,
  kind,
  strength: z.number(),
  coOccurrences: count,
  lastCoactivatedAt: isoDate.optional(),
  createdAt: isoDate,
  updatedAt: isoDate,
})
