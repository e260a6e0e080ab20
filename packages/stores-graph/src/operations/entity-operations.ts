import { defineOperation, isoDate } from '@athena-memory/operations'
import { z } from 'zod'
import { GRAPH_KINDS } from '../graph-layer.ts'
import type { GraphStore } from '../graph-store.ts'
import * as fields from './graph-schemas.ts'

const { content, count, cursor, entity, entityId, entityType, name, namespace } = fields
const { nextCursor, notices, pageLimit, projectId } = fields

const newEntity = {
  name,
  entityType,
  namespace: namespace.optional().describe('default "default"'),
  metadata: fields.metadata.optional(),
  observations: z.array(content).max(1000).optional().describe('what is known of it already'),
}
const added = z.object({
  entity,
  isNew: z.boolean().describe('false where it was there already'),
  redactions: fields.redactions,
})

const addEntity = defineOperation({
  name: 'graph.add-entity',
  title: 'Add an entity',
  description:
    'Adds a person, component, place or other thing with a name, to relate it and to observe things of it. One of the same name, type and namespace stays as it is; only new observations are added. For a single fact that is tied to nothing use semantic.remember.',
  input: z.object({ projectId, ...newEntity }),
  output: added.extend({ notices }),
  effect: 'write',
  idempotent: true,
  examples: [
    {
      title: 'A person',
      input: {
        projectId: 'p1',
        name: 'Ada',
        entityType: 'person',
        observations: ['Prefers tabs over spaces'],
      },
    },
  ],
  run: (graph: GraphStore, input) => graph.addEntity(input),
})

const addEntities = defineOperation({
  name: 'graph.add-entities',
  title: 'Add many entities',
  description:
    'Like graph.add-entity for up to 1000 entities, all or none, and much faster than one by one.',
  input: z.object({ projectId, entities: z.array(z.strictObject(newEntity)).min(1).max(1000) }),
  output: z.object({ results: z.array(added), added: count, observed: count, notices }),
  effect: 'write',
  idempotent: true,
  examples: [
    {
      title: 'Two components',
      input: {
        projectId: 'p1',
        entities: [
          { name: 'parser', entityType: 'component' },
          { name: 'printer', entityType: 'component' },
        ],
      },
    },
  ],
  run: (graph: GraphStore, input) =>
    graph.addEntities(input.entities.map((each) => ({ ...each, projectId: input.projectId }))),
})

const getEntity = defineOperation({
  name: 'graph.get-entity',
  title: 'Get an entity',
  description: 'Looks an entity up by its id. By name, use graph.find-entities.',
  input: z.object({ id: entityId }),
  output: z.object({ entity: entity.optional().describe('absent when there is none') }),
  effect: 'read',
  examples: [{ title: 'By its id', input: { id: 'e1' } }],
  run: async (graph: GraphStore, input) => ({ entity: await graph.getEntity(input.id) }),
})

const findEntities = defineOperation({
  name: 'graph.find-entities',
  title: 'Find entities by name or type',
  description:
    'Lists entities by exact name, type or namespace a page at a time, the ones made last first. To find one by what is known of it use graph.search.',
  input: z.object({
    projectId,
    name: name.optional().describe('the exact name'),
    entityType: entityType.optional(),
    namespace: namespace.optional(),
    limit: pageLimit,
    cursor,
  }),
  output: z.object({ entities: z.array(entity), nextCursor }),
  effect: 'read',
  examples: [{ title: 'Who is Ada?', input: { projectId: 'p1', name: 'Ada' } }],
  run: (graph: GraphStore, input) => graph.findEntities(input),
})

const search = defineOperation({
  name: 'graph.search',
  title: 'Search the graph',
  description:
    'Answers a question from entities, observations and summaries of communities, by words and by meaning, best first; nothing relevant is an empty list.',
  input: z.object({
    projectId,
    query: z.string().min(1).max(10_000).describe('a question or a few words'),
    kinds: z.array(z.enum(GRAPH_KINDS)).min(1).max(3).optional(),
    entityType: entityType.optional(),
    namespace: namespace.optional(),
    asOf: fields.asOf,
    limit: z.number().int().min(1).max(100).default(10),
  }),
  output: z.object({
    results: z.array(
      z.object({
        kind: z.enum(GRAPH_KINDS),
        id: z.string(),
        content: z.string(),
        entity: entity.optional().describe('the entity, or the one that was observed'),
        hybridScore: z.number().describe('what results are ordered by'),
        semanticSimilarity: z.number().optional(),
        keywordRank: z.number().int().optional(),
        signals: z.record(z.string(), z.number()),
      }),
    ),
    notices,
  }),
  effect: 'read',
  examples: [{ title: 'A question', input: { projectId: 'p1', query: 'who wrote the parser?' } }],
  run: (graph: GraphStore, input) => graph.search(input),
})

const removeEntity = defineOperation({
  name: 'graph.remove-entity',
  title: 'Remove an entity',
  description:
    'Erases an entity with its observations, relations and all texts of it. It cannot be brought back. What is only no longer true: graph.unrelate, graph.supersede-observation.',
  input: z.object({ id: entityId }),
  output: fields.receipt,
  effect: 'destructive',
  idempotent: true,
  examples: [{ title: 'By its id', input: { id: 'e1' } }],
  run: (graph: GraphStore, input) => graph.removeEntity(input.id),
})

const forget = defineOperation({
  name: 'graph.forget',
  title: 'Forget something of the graph',
  description:
    'Erases an entity, an observation with all that it replaced, a relation, or the summary of a community, by its id, with everything derived from it alone. It cannot be brought back.',
  input: z.object({ id: fields.rowId.describe('id of what to forget') }),
  output: fields.receipt,
  effect: 'destructive',
  idempotent: true,
  examples: [{ title: 'An observation', input: { id: 'o1' } }],
  run: (graph: GraphStore, input) => graph.forget(input.id),
})

const promotion = z.object({
  id: z.string(),
  projectId: z.string(),
  entityId: z.string(),
  fromNamespace: z.string(),
  toNamespace: z.string(),
  reason: z.string().optional(),
  promotedAt: isoDate,
})

const promote = defineOperation({
  name: 'graph.promote',
  title: 'Move an entity to another namespace',
  description:
    'Moves an entity with all that is known of it, such as from a draft namespace to a shared one, and logs the move. Refused where the other namespace holds one of the same type and name.',
  input: z.object({
    id: entityId,
    namespace,
    reason: z.string().min(1).max(2000).optional(),
  }),
  output: z.object({
    promoted: z
      .object({
        entity,
        promotion: promotion.optional().describe('absent where it was there already'),
      })
      .optional()
      .describe('absent when there is no such entity'),
  }),
  effect: 'write',
  idempotent: true,
  examples: [{ title: 'To the team', input: { id: 'e1', namespace: 'team' } }],
  run: async (graph: GraphStore, { id, ...options }) => ({
    promoted: await graph.promote(id, options),
  }),
})

const promotions = defineOperation({
  name: 'graph.promotions',
  title: 'List moves between namespaces',
  description: 'Lists which entities were moved from where to where, the last first.',
  input: z.object({ projectId, entityId: entityId.optional(), limit: pageLimit, cursor }),
  output: z.object({
    promotions: z.array(promotion),
    nextCursor,
  }),
  effect: 'read',
  examples: [{ title: 'All of a project', input: { projectId: 'p1' } }],
  run: (graph: GraphStore, input) => graph.promotions(input),
})

/** Operations on entities. */
export const entityOperations = [
  addEntity,
  addEntities,
  getEntity,
  findEntities,
  search,
  removeEntity,
  forget,
  promote,
  promotions,
] as const
