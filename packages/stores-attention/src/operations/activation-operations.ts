import { defineOperation, isoDate } from '@athena-memory/operations'
import { z } from 'zod'
import { ACCESS_KINDS } from '../access-log.ts'
import type { AttentionStore } from '../attention-store.ts'
import { FOCUS_LEVELS } from '../focus.ts'
import { HEBBIAN } from '../hebbian.ts'
import { SPREADING } from '../spread-activation.ts'
import * as schemas from './attention-schemas.ts'

const { activeItems, count, item, itemRef, kinds, limit, projectId, sessionId, share } = schemas

const items = [
  { layer: 'semantic', id: 'm1', activation: 0.9 },
  { layer: 'episodic', id: 'e1', activation: 0.6 },
]

const spread = defineOperation({
  name: 'attention.spread',
  title: 'See what comes to mind',
  description:
    'Follows associations from some items a few steps and gives what they bring to mind together, the most active first. Use it after a recall, to find what words alone do not.',
  input: z.object({
    projectId,
    sources: z.array(schemas.activeItem).min(1).max(100).describe('where it starts'),
    hops: z.number().int().min(1).max(5).default(SPREADING.hops),
    decay: share.default(SPREADING.decay).describe('what a step leaves'),
    threshold: share.default(SPREADING.threshold).describe('what is less goes no further'),
    direction: schemas.direction,
    kinds,
    limit,
  }),
  output: z.object({
    items: z.array(
      itemRef.extend({
        activation: z.number(),
        hop: count.describe('steps from the nearest source'),
        via: itemRef.describe('what gave it most'),
      }),
    ),
  }),
  effect: 'read',
  examples: [{ title: 'From two results', input: { projectId: 'p1', sources: items } }],
  run: async (store: AttentionStore, input) => ({ items: await store.spread(input) }),
})

const recordAccess = defineOperation({
  name: 'attention.record-access',
  title: 'Note that items were active',
  description:
    'Notes what was looked at together, such as the results of a recall that were of use. attention.coactivate learns from it later.',
  input: z.object({
    projectId,
    items: activeItems,
    kind: z.enum(ACCESS_KINDS).default('read'),
    sessionId: sessionId.describe('only what is active in the same session is associated'),
    accessedAt: isoDate.optional().describe('default now'),
  }),
  output: z.object({ recorded: count }),
  effect: 'write',
  examples: [{ title: 'Two results of a recall', input: { projectId: 'p1', items } }],
  run: async (store: AttentionStore, input) => ({ recorded: await store.recordAccess(input) }),
})

const coactivate = defineOperation({
  name: 'attention.coactivate',
  title: 'Learn what goes together',
  description:
    'Strengthens associations between items that were active within the window, from all accesses since the last time; each counts once. Call it now and then, such as at the end of a session. Two items that you know to belong together are attention.link.',
  input: z.object({
    projectId,
    windowMs: z.number().int().min(0).max(86_400_000).default(HEBBIAN.windowMs),
    rate: share.default(HEBBIAN.rate),
    distancePenalty: share.default(HEBBIAN.distancePenalty),
    maxPairs: z.number().int().min(1).max(20_000).default(500),
  }),
  output: z.object({
    accesses: count.describe('taken into account'),
    associations: count.describe('made or strengthened'),
    leftOut: count.describe('pairs beyond maxPairs, of each 200 accesses'),
  }),
  effect: 'write',
  examples: [{ title: 'At the end of a session', input: { projectId: 'p1' } }],
  run: (store: AttentionStore, input) => store.coactivate(input),
})

const prime = defineOperation({
  name: 'attention.prime',
  title: 'Prime items',
  description:
    'Makes items come to mind more readily for an hour, less and less: use it for what will matter in the work at hand. What was looked at is attention.record-access.',
  input: z.object({ projectId, items: activeItems, sessionId }),
  output: z.object({ primed: count }),
  effect: 'write',
  examples: [{ title: 'What the task is about', input: { projectId: 'p1', items } }],
  run: async (store: AttentionStore, input) => ({ primed: await store.prime(input) }),
})

const primed = defineOperation({
  name: 'attention.primed',
  title: 'List what is primed',
  description:
    'Lists what comes to mind more readily now, and by which factor: the greatest first, then the latest.',
  input: z.object({ projectId, limit }),
  output: z.object({
    items: z.array(itemRef.extend({ boost: z.number(), primedAt: isoDate })),
  }),
  effect: 'read',
  examples: [{ title: 'What is primed', input: { projectId: 'p1' } }],
  run: async (store: AttentionStore, input) => ({ items: await store.primed(input) }),
})

const salience = defineOperation({
  name: 'attention.salience',
  title: 'Judge how much items stand out',
  description:
    'Measures how unlike the latest texts each item is, and adds what you know of surprise and contradiction; the most salient first. Use it to choose what to focus on.',
  input: z.object({
    projectId,
    items: z
      .array(item.extend({ surprise: share.optional(), contradiction: share.optional() }))
      .min(1)
      .max(100),
  }),
  output: z.object({
    items: z.array(
      itemRef.extend({
        salience: z.number().optional().describe('absent when nothing is known to judge it by'),
        level: z.enum(FOCUS_LEVELS).optional().describe('the focus that it deserves'),
        parts: z.object({
          novelty: z.number().optional().describe('absent without texts to compare'),
          surprise: z.number().optional(),
          contradiction: z.number().optional(),
        }),
        inhibition: z.number().describe('how inhibited it is; not part of salience'),
      }),
    ),
  }),
  effect: 'read',
  examples: [
    {
      title: 'A surprising event',
      input: { projectId: 'p1', items: [{ layer: 'episodic', id: 'e1', surprise: 0.9 }] },
    },
  ],
  run: async (store: AttentionStore, input) => ({ items: await store.salience(input) }),
})

/** Operations on what is active, and what follows from it. */
export const activationOperations = [
  spread,
  recordAccess,
  coactivate,
  prime,
  primed,
  salience,
] as const
