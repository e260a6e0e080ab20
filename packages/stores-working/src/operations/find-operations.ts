import { defineOperation } from '@athena-memory/operations'
import { z } from 'zod'
import type { WorkingStore } from '../working-store.ts'
import * as schemas from './working-schemas.ts'

const { component, count, cursor, id, item, itemId, items, limit, nextCursor, projectId, share } =
  schemas

const get = defineOperation({
  name: 'working.get',
  title: 'Get an item',
  description: 'Looks an item up by its id, with its activation now. It does not refresh it.',
  input: z.object({ id: itemId }),
  output: z.object({ item: item.optional().describe('absent when there is none') }),
  effect: 'read',
  run: async (store: WorkingStore, input) => ({ item: await store.get(input.id) }),
})

const parts = defineOperation({
  name: 'working.parts',
  title: 'Show what an item is made of',
  description:
    'Lists the parts of a bound item or a chunk in their order, with the layer where each is now.',
  input: z.object({ id: itemId }),
  output: z.object({
    parts: z.array(
      z.object({
        layer: z.string(),
        id: z.string(),
        snapshot: z.record(z.string(), z.unknown()).optional().describe('as it went into a chunk'),
      }),
    ),
  }),
  effect: 'read',
  run: async (store: WorkingStore, input) => ({ parts: await store.parts(input.id) }),
})

const list = defineOperation({
  name: 'working.list',
  title: 'List what is in mind',
  description:
    'Lists the items of a project, the most active first. Use it to see where the work stands; to find something by its words, recall it.',
  input: z.object({
    projectId,
    component: component.optional(),
    minActivation: share.default(0).describe('.1 leaves out what has almost faded'),
    limit,
    cursor: cursor.optional(),
  }),
  output: z.object({ items, nextCursor }),
  effect: 'read',
  run: (store: WorkingStore, input) => store.list(input),
})

const workspace = defineOperation({
  name: 'working.workspace',
  title: 'List the files in mind',
  description:
    'Lists files and directories that are being worked on, by path; with a directory only what lies in it. What else is in mind is in working.list.',
  input: z.object({
    projectId,
    directory: z.string().min(1).max(4096).optional(),
    limit,
    cursor: cursor.optional(),
  }),
  output: z.object({ items, nextCursor }),
  effect: 'read',
  run: (store: WorkingStore, input) => store.workspace(input),
})

const capacity = defineOperation({
  name: 'working.capacity',
  title: 'See how full working memory is',
  description: 'Says for each component how many items it holds and may hold.',
  input: z.object({ projectId }),
  output: z.object({
    components: z.array(
      z.object({
        component,
        held: count,
        soft: count.describe('above it the least active leave'),
        hard: count.describe('never exceeded'),
        isNearlyFull: z.boolean(),
        isFull: z.boolean(),
      }),
    ),
  }),
  effect: 'read',
  run: async (store: WorkingStore, input) => ({
    components: await store.capacity(input.projectId),
  }),
})

const forget = defineOperation({
  name: 'working.forget',
  title: 'Forget an item or a goal',
  description:
    'Erases an item or a goal, also one that has left, with every copy in chunks and in the records of the router. It cannot be brought back. Where it went is named in affected and stays: forget that too.',
  input: z.object({ id: id.describe('id of an item or a goal') }),
  output: z.object({
    forgotten: z.boolean(),
    items: count,
    goals: count.describe('with those that serve it'),
    documents: count,
    embeddings: count,
    derivations: count,
    copies: count,
    affected: z.array(z.object({ layer: z.string(), id: z.string() })),
  }),
  effect: 'destructive',
  idempotent: true,
  run: (store: WorkingStore, input) => store.forget(input.id),
})

const forgetMoved = defineOperation({
  name: 'working.forget-moved',
  title: 'Forget where rows of another layer came from',
  description:
    'For programs that forget rows of another layer: erases what the records of the router still hold of the items that went there.',
  input: z.object({
    layer: z.string().min(1).max(100),
    ids: z.array(id).min(1).max(1000).describe('ids of rows of that layer'),
  }),
  output: z.object({ copies: count }),
  effect: 'destructive',
  idempotent: true,
  run: async (store: WorkingStore, input) => ({ copies: await store.forgetMoved(input) }),
})

/** Operations that look at what is in mind, or erase it without a trace. */
export const findOperations = [get, parts, list, workspace, capacity, forget, forgetMoved] as const
