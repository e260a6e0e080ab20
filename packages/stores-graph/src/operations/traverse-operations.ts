import { defineOperation, isoDate } from '@athena-memory/operations'
import { z } from 'zod'
import { CENTRALITY_MEASURES } from '../analysis/centrality.ts'
import type { GraphStore } from '../graph-store.ts'
import * as fields from './graph-schemas.ts'

const { asOf, cursor, direction, entity, entityId, namespace, nextCursor, projectId } = fields
const { relation, relationTypes } = fields

const isTruncated = z.boolean().describe('whether there is more than is told')
const depth = z.number().int().min(1).max(5).default(1).describe('relations to go at most')
const anyDepth = z.number().int().min(0).max(5).default(1).describe('relations to go at most')
const scope = { relationTypes, asOf }

const neighbours = defineOperation({
  name: 'graph.neighbours',
  title: 'Find what is near an entity',
  description:
    'Lists the entities that are related to one, up to some relations away, the nearest and most strongly tied first.',
  input: z.object({
    entityId,
    depth,
    direction,
    ...scope,
    limit: z.number().int().min(1).max(1000).default(100),
  }),
  output: z.object({
    neighbours: z.array(
      z.object({
        entity,
        depth: z.number().int(),
        relation: relation.describe('the last one of the way to it'),
      }),
    ),
    isTruncated,
  }),
  effect: 'read',
  examples: [{ title: 'Two steps around', input: { entityId: 'e1', depth: 2 } }],
  run: (graph: GraphStore, input) => graph.neighbours(input),
})

const subgraph = defineOperation({
  name: 'graph.subgraph',
  title: 'Cut out a part of the graph',
  description: 'Gives the entities around some and all relations between them.',
  input: z.object({
    entityIds: z.array(entityId).min(1).max(100),
    depth: anyDepth,
    direction,
    ...scope,
    limit: z.number().int().min(1).max(1000).default(100),
  }),
  output: z.object({ entities: z.array(entity), relations: z.array(relation), isTruncated }),
  effect: 'read',
  examples: [{ title: 'Around two', input: { entityIds: ['e1', 'e2'] } }],
  run: (graph: GraphStore, input) => graph.subgraph(input),
})

const shortestPath = defineOperation({
  name: 'graph.shortest-path',
  title: 'Find how two entities are connected',
  description:
    'Gives the cheapest ways from one entity to another, along strong and sure relations or, with isWeighted false, along few. None where there is no way.',
  input: z.object({
    fromId: entityId,
    toId: entityId,
    k: z.number().int().min(1).max(20).default(1).describe('ways to find'),
    isWeighted: z.boolean().default(true),
    direction,
    ...scope,
  }),
  output: z.object({
    paths: z.array(
      z.object({ cost: z.number(), entities: z.array(entity), relations: z.array(relation) }),
    ),
  }),
  effect: 'read',
  examples: [{ title: 'The best way', input: { fromId: 'e1', toId: 'e2' } }],
  run: async (graph: GraphStore, input) => ({ paths: await graph.shortestPath(input) }),
})

const centrality = defineOperation({
  name: 'graph.centrality',
  title: 'Find the most central entities',
  description:
    'Scores the entities of a project by how many others they are related to (degree), how many shortest ways lead through them (betweenness) or how near they are to all others (closeness). Reads all relations: not for every question.',
  input: z.object({
    projectId,
    measure: z.enum(CENTRALITY_MEASURES).default('degree'),
    ...scope,
    limit: z.number().int().min(1).max(1000).default(20),
  }),
  output: z.object({
    results: z.array(z.object({ entity, score: z.number() })),
    isExact: z.boolean().describe('false where only a sample of a large graph was followed'),
  }),
  effect: 'read',
  examples: [{ title: 'Who connects', input: { projectId: 'p1', measure: 'betweenness' } }],
  run: (graph: GraphStore, input) => graph.centrality(input),
})

const showAsOf = defineOperation({
  name: 'graph.as-of',
  title: 'Show the graph as it was',
  description:
    'Shows entities with what was true of them at a moment in the world: observations and relations. Pages through the whole graph, the entities made last first.',
  input: z.object({
    projectId,
    at: isoDate,
    name: fields.name.optional().describe('the exact name'),
    entityType: fields.entityType.optional(),
    namespace: namespace.optional(),
    limit: z.number().int().min(1).max(200).default(50),
    cursor,
  }),
  output: z.object({
    entities: z.array(
      z.object({
        entity,
        observations: z.array(z.object({ id: z.string(), content: z.string() })),
        relations: z.array(relation).describe('from it to others'),
      }),
    ),
    nextCursor,
  }),
  effect: 'read',
  examples: [{ title: 'In 2020', input: { projectId: 'p1', at: '2020-01-01T00:00:00Z' } }],
  run: (graph: GraphStore, input) => graph.asOf(input),
})

const mermaid = defineOperation({
  name: 'graph.mermaid',
  title: 'Draw a part of the graph',
  description:
    'Draws the entities around some, or the newest of the project, as a Mermaid flow chart.',
  input: z.object({
    projectId,
    entityIds: z.array(entityId).min(1).max(100).optional(),
    depth: anyDepth,
    namespace: namespace.optional(),
    ...scope,
    limit: z.number().int().min(1).max(500).default(50),
  }),
  output: z.object({ diagram: z.string(), isTruncated }),
  effect: 'read',
  examples: [{ title: 'Around one', input: { projectId: 'p1', entityIds: ['e1'] } }],
  run: (graph: GraphStore, input) => graph.mermaid(input),
})

/** Operations that walk, measure and draw the graph. */
export const traverseOperations = [
  neighbours,
  subgraph,
  shortestPath,
  centrality,
  showAsOf,
  mermaid,
] as const
