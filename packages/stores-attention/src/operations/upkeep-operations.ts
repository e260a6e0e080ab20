import { defineOperation } from '@athena-memory/operations'
import { z } from 'zod'
import type { AttentionStore } from '../attention-store.ts'
import * as schemas from './attention-schemas.ts'

const { count, item, itemRef, projectId, share } = schemas
const days = z.number().min(0).max(36_500).default(7)

const decay = defineOperation({
  name: 'attention.decay',
  title: 'Let attention fade',
  description:
    'Weakens associations that were idle for some days and everything in view, and ends what is hardly looked at any more. Each call does so once more: for a program that calls it regularly, such as once a day.',
  input: z.object({
    projectId,
    associationsBy: share.default(0.05),
    idleDays: days,
    focusBy: share.default(0.1),
  }),
  output: z.object({ associations: count, focuses: count, ended: count }),
  effect: 'write',
  examples: [{ title: 'Once a day', input: { projectId: 'p1' } }],
  run: (store: AttentionStore, input) => store.decay(input),
})

const prune = defineOperation({
  name: 'attention.prune',
  title: 'Clear away what no longer matters',
  description:
    'Counts weak associations that have been idle for days, and accesses, focuses and inhibitions that are long past; with dryRun false it deletes them for good. What may yet grow stays.',
  input: z.object({
    projectId,
    dryRun: z.boolean().default(true),
    minStrength: share.default(0.1).describe('associations at least this strong stay'),
    idleDays: days,
    keepDays: days.describe('how long accesses, focuses and inhibitions are kept'),
  }),
  output: z.object({
    dryRun: z.boolean(),
    associations: count,
    accesses: count,
    focuses: count,
    inhibitions: count,
  }),
  effect: 'destructive',
  examples: [{ title: 'What would go', input: { projectId: 'p1' } }],
  run: (store: AttentionStore, input) => store.prune(input),
})

const receipt = z.object({
  forgotten: z.boolean(),
  associations: count,
  focuses: count,
  inhibitions: count,
  accesses: count,
  derivations: count,
  affected: z.array(itemRef).describe('what was derived from it, and stays'),
})

const forget = defineOperation({
  name: 'attention.forget',
  title: 'Forget rows of attention',
  description:
    'Erases associations, focuses, inhibitions or accesses by their ids, with what is known of their derivation. The items that they name stay.',
  input: z.object({ ids: schemas.ids.describe('ids of rows of this layer') }),
  output: receipt,
  effect: 'destructive',
  idempotent: true,
  examples: [{ title: 'A wrong association', input: { ids: ['a1'] } }],
  run: (store: AttentionStore, input) => store.forget(input.ids),
})

const forgetItems = defineOperation({
  name: 'attention.forget-items',
  title: 'Forget all that names some items',
  description:
    'Erases every association, focus, inhibition and access that names one of these items. For a program that has erased them in their own layer.',
  input: z.object({ items: z.array(item).min(1).max(1000) }),
  output: receipt,
  effect: 'destructive',
  idempotent: true,
  examples: [
    {
      title: 'After a memory was forgotten',
      input: { items: [{ layer: 'semantic', id: 'm1' }] },
    },
  ],
  run: (store: AttentionStore, input) => store.forgetItems(input.items),
})

/** Operations that keep attention in good order. */
export const upkeepOperations = [decay, prune, forget, forgetItems] as const
