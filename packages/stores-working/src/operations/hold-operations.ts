import { defineOperation } from '@athena-memory/operations'
import { z } from 'zod'
import type { WorkingStore } from '../working-store.ts'
import * as schemas from './working-schemas.ts'

const { content, count, heldFields, held, id, ids, items, projectId, share, tags, source } = schemas

const hold = defineOperation({
  name: 'working.hold',
  title: 'Hold something in mind',
  description:
    'Holds what matters for the work at hand: an observation, an intermediate result, a decision. There is room for about seven such items of a kind; what exceeds it moves to other layers by itself. For what is to be known for good use semantic.remember.',
  input: z.object({
    projectId,
    content,
    contentType: schemas.contentType.optional().describe('default verbal'),
    component: schemas.component.optional().describe('default by content type'),
    ...heldFields,
  }),
  output: held,
  effect: 'write',
  examples: [
    {
      title: 'A finding of the moment',
      input: { projectId: 'p1', content: 'The login test fails on Windows only', importance: 0.7 },
    },
  ],
  run: (store: WorkingStore, input) => store.hold(input),
})

const track = defineOperation({
  name: 'working.track',
  title: 'Keep a file or directory in mind',
  description:
    'Holds a file or directory that is being worked on, once for each path; the same again refreshes it. To index code use the code layer.',
  input: z.object({
    projectId,
    path: z.string().min(1).max(4096),
    pathKind: schemas.pathKind,
    content: content.optional().describe('what is done there; default the path'),
    ...heldFields,
  }),
  output: held,
  effect: 'write',
  examples: [
    {
      title: 'The file being edited',
      input: { projectId: 'p1', path: 'src/login.ts', pathKind: 'file', content: 'fix time-out' },
    },
  ],
  run: (store: WorkingStore, input) => store.track(input),
})

const rehearse = defineOperation({
  name: 'working.rehearse',
  title: 'Keep items from fading',
  description:
    'Brings items back to full activation, because they were used. Unknown ids are left out of the answer.',
  input: z.object({ ids }),
  output: z.object({ items }),
  effect: 'write',
  run: async (store: WorkingStore, input) => ({ items: await store.rehearse(input.ids) }),
})

const focus = defineOperation({
  name: 'working.focus',
  title: 'Focus on items',
  description:
    'Puts up to five items in focus and takes all others out of it: what is in focus neither leaves to make room nor fades away. No ids end the focus.',
  input: z.object({ projectId, ids: z.array(id).max(5) }),
  output: z.object({ items }),
  effect: 'write',
  run: async (store: WorkingStore, input) => ({ items: await store.focus(input) }),
})

const combination = {
  projectId,
  itemIds: z.array(id).min(2).max(20).describe('ids of items'),
  content: content.optional().describe('what they are together; their texts follow it'),
  importance: share.optional().describe('default .8, or that of the most important part'),
  tags: tags.optional().describe('besides those of the parts'),
  source: source.optional(),
}

const bind = defineOperation({
  name: 'working.bind',
  title: 'Bind items together',
  description:
    'Holds one more item that says what several items are together, and leaves those as they are. To make room at the same time use working.chunk.',
  input: z.object(combination),
  output: held,
  effect: 'write',
  run: (store: WorkingStore, input) => store.bind(input),
})

const chunk = defineOperation({
  name: 'working.chunk',
  title: 'Make one item of several',
  description:
    'Puts several items into one that holds all their texts and tags; they leave their places. Use it to make room without losing anything.',
  input: z.object(combination),
  output: held,
  effect: 'write',
  run: (store: WorkingStore, input) => store.chunk(input),
})

const consolidate = defineOperation({
  name: 'working.consolidate',
  title: 'Move items to other layers',
  description:
    'Moves items out of mind and into the layers that keep them: those named, or else the least active. To let go of items for good use working.release.',
  input: z.object({
    projectId,
    ids: ids.optional().describe('default: the least active that are not in focus'),
    count: z.number().int().min(1).max(100).default(3).describe('how many, without ids'),
    component: schemas.component.optional(),
    layer: schemas.layer.optional().describe('default: where the router says'),
  }),
  output: z.object({ moved: z.array(schemas.moved) }),
  effect: 'write',
  run: async (store: WorkingStore, input) => ({ moved: await store.consolidate(input) }),
})

const decay = defineOperation({
  name: 'working.decay',
  title: 'Move what has faded to other layers',
  description:
    'Moves items whose activation has sunk below the threshold to the layers that keep them, but for what is in focus. Call it now and then; nothing is deleted.',
  input: z.object({ projectId, threshold: share.default(0.05) }),
  output: z.object({ moved: z.array(schemas.moved) }),
  effect: 'write',
  idempotent: true,
  run: async (store: WorkingStore, input) => ({ moved: await store.decay(input) }),
})

const release = defineOperation({
  name: 'working.release',
  title: 'Let go of items',
  description:
    'Erases items that are done with and need not be kept. To keep them elsewhere use working.consolidate.',
  input: z.object({ ids }),
  output: z.object({ released: count }),
  effect: 'destructive',
  idempotent: true,
  run: async (store: WorkingStore, input) => ({ released: await store.release(input.ids) }),
})

const clear = defineOperation({
  name: 'working.clear',
  title: 'Empty working memory',
  description:
    'Erases all items of a project, or of one component of it; goals stay. To keep the items elsewhere use working.consolidate first.',
  input: z.object({ projectId, component: schemas.component.optional() }),
  output: z.object({ released: count }),
  effect: 'destructive',
  idempotent: true,
  run: async (store: WorkingStore, input) => ({ released: await store.clear(input) }),
})

/** Operations that change what is in mind. */
export const holdOperations = [
  hold,
  track,
  rehearse,
  focus,
  bind,
  chunk,
  consolidate,
  decay,
  release,
  clear,
] as const
