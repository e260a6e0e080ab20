import { defineOperation } from '@athena-memory/operations'
import { z } from 'zod'
import type { AttentionStore } from '../attention-store.ts'
import { STRENGTHEN_BY, WEAKEN_BY } from '../change-strength.ts'
import { MIN_STRENGTH } from '../find-neighbours.ts'
import { MAX_DEPTH } from '../find-path.ts'
import { LINK_STRENGTH } from '../link-items.ts'
import * as schemas from './attention-schemas.ts'

const { association, item, itemRef, kind, kinds, page, projectId, share } = schemas

const linkFields = {
  from: item,
  to: item,
  kind: kind.default('semantic'),
  strength: share.default(LINK_STRENGTH),
}
const minStrength = share.default(MIN_STRENGTH)

const link = defineOperation({
  name: 'attention.link',
  title: 'Associate two items',
  description:
    'Notes that one item brings another to mind, whatever layers they are of; linked again, the greater strength stays. Not for statements about things, which are relations of the graph.',
  input: z.object({ projectId, ...linkFields }),
  output: z.object({ association }),
  effect: 'write',
  idempotent: true,
  examples: [
    {
      title: 'A decision that an incident led to',
      input: {
        projectId: 'p1',
        from: { layer: 'episodic', id: 'e1' },
        to: { layer: 'semantic', id: 'm1' },
        kind: 'causal',
      },
    },
  ],
  run: async (store: AttentionStore, input) => ({ association: await store.link(input) }),
})

const linkMany = defineOperation({
  name: 'attention.link-many',
  title: 'Associate many items',
  description: 'Like attention.link for up to 1000 pairs, all or none, in order.',
  input: z.object({
    projectId,
    links: z.array(z.strictObject(linkFields)).min(1).max(1000),
  }),
  output: z.object({ associations: z.array(association) }),
  effect: 'write',
  idempotent: true,
  examples: [
    {
      title: 'Two facts that are alike',
      input: {
        projectId: 'p1',
        links: [
          {
            from: { layer: 'semantic', id: 'm1' },
            to: { layer: 'semantic', id: 'm2' },
            kind: 'similarity',
            strength: 0.8,
          },
        ],
      },
    },
  ],
  run: async (store: AttentionStore, { projectId: project, links }) => ({
    associations: await store.linkMany(links.map((each) => ({ ...each, projectId: project }))),
  }),
})

const changed = z.object({ associations: z.array(association) })
const ids = schemas.ids.describe('ids of associations')

const strengthen = defineOperation({
  name: 'attention.strengthen',
  title: 'Strengthen associations',
  description:
    'Use it when an association has proved right. Unknown ids are left out of the answer. What is recalled together is strengthened by attention.coactivate.',
  input: z.object({ ids, by: share.default(STRENGTHEN_BY) }),
  output: changed,
  effect: 'write',
  examples: [{ title: 'It was a good lead', input: { ids: ['a1'] } }],
  run: async (store: AttentionStore, input) => ({ associations: await store.strengthen(input) }),
})

const weaken = defineOperation({
  name: 'attention.weaken',
  title: 'Weaken associations',
  description:
    'Use it when an association has led astray. Unknown ids are left out of the answer. To remove one use attention.forget.',
  input: z.object({ ids, by: share.default(WEAKEN_BY) }),
  output: changed,
  effect: 'write',
  examples: [{ title: 'It led nowhere', input: { ids: ['a1'], by: 0.2 } }],
  run: async (store: AttentionStore, input) => ({ associations: await store.weaken(input) }),
})

const neighbours = defineOperation({
  name: 'attention.neighbours',
  title: 'List what goes with an item',
  description:
    'Lists the items that one item is associated with, by the strongest associations first. For what several items bring to mind together, over several steps, use attention.spread.',
  input: z.object({
    projectId,
    item,
    direction: schemas.direction,
    kinds,
    minStrength,
    ...page,
  }),
  output: z.object({
    neighbours: z.array(itemRef.extend({ direction: z.enum(['out', 'in']), association })),
    nextCursor: schemas.nextCursor,
  }),
  effect: 'read',
  examples: [
    {
      title: 'What goes with a memory',
      input: { projectId: 'p1', item: { layer: 'semantic', id: 'm1' } },
    },
  ],
  run: (store: AttentionStore, input) => store.neighbours(input),
})

const path = defineOperation({
  name: 'attention.path',
  title: 'Find how one item leads to another',
  description:
    'Finds the path of the fewest associations between two items, the strongest of several. Use it to explain why something came to mind.',
  input: z.object({
    projectId,
    from: item,
    to: item,
    maxDepth: z.number().int().min(1).max(10).default(MAX_DEPTH),
    direction: schemas.direction,
    kinds,
    minStrength,
  }),
  output: z.object({
    path: z
      .object({
        items: z.array(itemRef),
        associations: z.array(association),
        strength: z.number().describe('the product of all strengths'),
      })
      .optional()
      .describe('absent when none leads there'),
  }),
  effect: 'read',
  examples: [
    {
      title: 'From an event to a rule',
      input: {
        projectId: 'p1',
        from: { layer: 'episodic', id: 'e1' },
        to: { layer: 'semantic', id: 'm2' },
      },
    },
  ],
  run: async (store: AttentionStore, input) => ({ path: await store.path(input) }),
})

/** Operations on what goes with what. */
export const associationOperations = [link, linkMany, strengthen, weaken, neighbours, path] as const
