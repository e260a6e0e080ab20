import { defineOperation } from '@athena-memory/operations'
import { z } from 'zod'
import type { WorkingStore } from '../working-store.ts'
import * as schemas from './working-schemas.ts'

const { count, cursor, ids, itemId, layer, limit, model, nextCursor, projectId, route, share } =
  schemas

const routeOne = defineOperation({
  name: 'working.route',
  title: 'Ask where an item should go',
  description:
    'Says to which layer an item should go and how sure that is, and records it; nothing is moved. To move it use working.consolidate.',
  input: z.object({ itemId }),
  output: z.object({ route: route.optional().describe('absent when there is no such item') }),
  effect: 'write',
  run: async (store: WorkingStore, input) => ({ route: await store.route(input.itemId) }),
})

const routeBatch = defineOperation({
  name: 'working.route-batch',
  title: 'Ask where many items should go',
  description: 'Like working.route for many items, in their order; unknown ids are left out.',
  input: z.object({ itemIds: ids }),
  output: z.object({ routes: z.array(route) }),
  effect: 'write',
  run: async (store: WorkingStore, input) => ({ routes: await store.routeBatch(input.itemIds) }),
})

const listRoutes = defineOperation({
  name: 'working.list-routes',
  title: 'List decisions of the router',
  description:
    'Lists where items went and why, the newest first; without feedback it is the list of what could be judged.',
  input: z.object({
    projectId,
    itemId: itemId.optional(),
    hasFeedback: z.boolean().optional().describe('default both'),
    limit,
    cursor: cursor.optional(),
  }),
  output: z.object({ routes: z.array(route), nextCursor }),
  effect: 'read',
  run: (store: WorkingStore, input) => store.listRoutes(input),
})

const feedback = defineOperation({
  name: 'working.feedback',
  title: 'Say whether the router was right',
  description:
    'Notes whether an item was sent to the right layer, and which one would have been. The router learns from it; what was moved stays where it is.',
  input: z.object({
    routeId: schemas.id.describe('id of the route'),
    wasCorrect: z.boolean(),
    correctLayer: layer.optional().describe('where it belongs, if the router was wrong'),
  }),
  output: z.object({
    route: route.optional().describe('absent when there is no such route'),
    trained: model.optional().describe('the first model, where this was what it waited for'),
  }),
  effect: 'write',
  idempotent: true,
  examples: [
    {
      title: 'An event was taken for a fact',
      input: { routeId: 'r1', wasCorrect: false, correctLayer: 'episodic' },
    },
  ],
  run: (store: WorkingStore, { routeId, ...said }) => store.feedback(routeId, said),
})

const train = defineOperation({
  name: 'working.train',
  title: 'Train the router',
  description:
    'Makes a new model from the routes with feedback; it decides from then on. Use it after more feedback; the first model is made by itself. Takes seconds.',
  input: z.object({ projectId }),
  output: z.object({ model }),
  effect: 'write',
  run: async (store: WorkingStore, input) => ({ model: await store.train(input.projectId) }),
})

const counts = z.record(z.string(), count)

const stats = defineOperation({
  name: 'working.stats',
  title: 'See how the router does',
  description: 'Counts decisions, moves and feedback of a project, and names the model in use.',
  input: z.object({ projectId }),
  output: z.object({
    routes: count,
    moved: count,
    redirected: count.describe('moves to another layer than was decided'),
    labelled: count,
    correct: count,
    accuracy: share.optional().describe('correct / labelled'),
    confidence: share.optional().describe('mean'),
    byTarget: counts,
    byActual: counts,
    byMethod: counts,
    model: model.optional().describe('absent while rules decide'),
  }),
  effect: 'read',
  run: (store: WorkingStore, input) => store.stats(input.projectId),
})

/** Operations on where items go. */
export const routerOperations = [routeOne, routeBatch, listRoutes, feedback, train, stats] as const
