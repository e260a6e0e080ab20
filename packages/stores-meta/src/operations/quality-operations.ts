import { defineOperation } from '@athena-memory/operations'
import { z } from 'zod'
import { LOW_QUALITY } from '../low-quality.ts'
import type { MetaStore } from '../meta-store.ts'
import * as schemas from './meta-schemas.ts'

const { domain, item, layer, page, projectId, quality, share } = schemas

const statement = {
  confidence: share.optional(),
  domain: domain.optional(),
  source: z.string().min(1).max(2000).optional().describe('where it comes from'),
}
const fact = { layer: 'semantic', id: 'm1' }

const recordAccess = defineOperation({
  name: 'meta.record-access',
  title: 'Say whether memories helped',
  description:
    'Counts an access of each item, and whether it was useful. Use it after an answer, for the memories that it was made of; leave useful out where you cannot tell.',
  input: z.object({
    projectId,
    items: z
      .array(item.extend({ useful: z.boolean().optional(), ...statement }))
      .min(1)
      .max(1000),
  }),
  output: z.object({ items: z.array(quality) }),
  effect: 'write',
  examples: [
    { title: 'It helped', input: { projectId: 'p1', items: [{ ...fact, useful: true }] } },
  ],
  run: async (store: MetaStore, input) => ({ items: await store.recordAccess(input) }),
})

const verify = defineOperation({
  name: 'meta.verify',
  title: 'Note that something was verified',
  description:
    'Notes that you have just made sure of an item, and how sure you are. To correct it use its own layer.',
  input: z.object({ projectId, item, ...statement }),
  output: z.object({ quality }),
  effect: 'write',
  idempotent: true,
  examples: [{ title: 'It is still so', input: { projectId: 'p1', item: fact, confidence: 0.95 } }],
  run: async (store: MetaStore, { item: verified, ...said }) => ({
    quality: await store.verify({ ...said, ...verified }),
  }),
})

const readQuality = defineOperation({
  name: 'meta.quality',
  title: 'Show how items have proved',
  description:
    'Gives what became known of items by using them. Items that were never used or verified are left out.',
  input: z.object({ projectId, items: z.array(item).min(1).max(500) }),
  output: z.object({ items: z.array(quality) }),
  effect: 'read',
  examples: [{ title: 'One memory', input: { projectId: 'p1', items: [fact] } }],
  run: async (store: MetaStore, input) => ({ items: await store.quality(input) }),
})

const lowQuality = defineOperation({
  name: 'meta.low-quality',
  title: 'List what seldom helps',
  description:
    'Lists items that were judged often and seldom found useful, the least useful first: candidates to correct or to forget.',
  input: z.object({
    projectId,
    layer: layer.optional(),
    domain: domain.optional(),
    threshold: share.default(LOW_QUALITY.threshold).describe('items at least this useful are fine'),
    minJudged: z.number().int().min(1).max(1_000_000).default(LOW_QUALITY.minJudged),
    ...page,
  }),
  output: z.object({ items: z.array(quality), nextCursor: schemas.nextCursor }),
  effect: 'read',
  examples: [{ title: 'The worst three', input: { projectId: 'p1', limit: 3 } }],
  run: (store: MetaStore, input) => store.lowQuality(input),
})

/** Operations on how items have proved. */
export const qualityOperations = [recordAccess, verify, readQuality, lowQuality] as const
