import { defineOperation } from '@athena-memory/operations'
import { z } from 'zod'
import type { GraphStore } from '../graph-store.ts'
import * as fields from './graph-schemas.ts'

const { asOf, community, count, cursor, entity, namespace, nextCursor, notices } = fields
const { pageLimit, projectId, relationTypes, rowId } = fields

const communityId = rowId.describe('id of the community')
const level = z.number().int().min(0).max(100).default(0).describe('0 for the finest')

const detectCommunities = defineOperation({
  name: 'graph.detect-communities',
  title: 'Find communities',
  description:
    'Groups the entities of a project by how they are related (Louvain), on several levels, and stores the groups in the place of those before. Use it after much has changed; groups of the same members keep their summaries.',
  input: z.object({
    projectId,
    resolution: z.number().positive().max(100).default(1).describe('above 1 for smaller groups'),
    minSize: z.number().int().min(1).max(10_000).default(2),
    seed: z.number().int().min(0).max(2_147_483_647).default(42),
    relationTypes,
    asOf,
  }),
  output: z.object({
    levels: z.array(z.object({ level: count, communities: count, modularity: z.number() })),
    members: count.describe('entities that are in a community'),
  }),
  effect: 'write',
  idempotent: true,
  examples: [{ title: 'Of a project', input: { projectId: 'p1' } }],
  run: (graph: GraphStore, input) => graph.detectCommunities(input),
})

const communities = defineOperation({
  name: 'graph.communities',
  title: 'List communities',
  description: 'Lists the communities of a level as they were detected last, the largest first.',
  input: z.object({ projectId, level, limit: pageLimit, cursor }),
  output: z.object({ communities: z.array(community), nextCursor }),
  effect: 'read',
  examples: [{ title: 'The finest', input: { projectId: 'p1' } }],
  run: (graph: GraphStore, input) => graph.communities(input),
})

const communityMembers = defineOperation({
  name: 'graph.community-members',
  title: 'List the members of a community',
  description: 'Lists the entities of a community of any level, by rising ids.',
  input: z.object({ communityId, limit: pageLimit, cursor }),
  output: z.object({ entities: z.array(entity), nextCursor }),
  effect: 'read',
  examples: [{ title: 'Of one community', input: { communityId: 'c1' } }],
  run: (graph: GraphStore, input) => graph.communityMembers(input),
})

const summarizeCommunity = defineOperation({
  name: 'graph.summarize-community',
  title: 'Summarise a community',
  description:
    'Writes the summary of a community from its most central members, their relations and what is known of them, in sentences that are there already. It is found by search from then on.',
  input: z.object({ id: communityId }),
  output: z.object({
    summarized: z
      .object({ community, notices })
      .optional()
      .describe('absent when there is no such community'),
  }),
  effect: 'write',
  idempotent: true,
  examples: [{ title: 'Of one community', input: { id: 'c1' } }],
  run: async (graph: GraphStore, input) => ({
    summarized: await graph.summarizeCommunity(input.id),
  }),
})

const bridges = defineOperation({
  name: 'graph.bridges',
  title: 'Find what holds communities together',
  description:
    'Lists the entities that are related into other communities than their own, into the most first. Communities must have been detected.',
  input: z.object({
    projectId,
    level,
    minCommunities: z.number().int().min(1).max(1000).default(1).describe('others to lead into'),
    relationTypes,
    asOf,
    limit: z.number().int().min(1).max(1000).default(20),
  }),
  output: z.object({
    bridges: z.array(
      z.object({
        entity,
        communityId: z.string(),
        reachedIds: z.array(z.string()).describe('the other communities'),
        relations: count.describe('its relations into them'),
      }),
    ),
  }),
  effect: 'read',
  examples: [{ title: 'Of a project', input: { projectId: 'p1' } }],
  run: async (graph: GraphStore, input) => ({ bridges: await graph.bridges(input) }),
})

const importJsonl = defineOperation({
  name: 'graph.import-jsonl',
  title: 'Import a graph',
  description:
    'Takes over the JSON lines in which the reference MCP memory server keeps its graph, in one transaction. What is there already is not added again; lines that cannot be taken are told by their numbers.',
  input: z.object({
    projectId,
    text: z.string().max(50_000_000).describe('one JSON object on each line'),
    namespace: namespace.optional().describe('default "default"'),
  }),
  output: z.object({
    entities: count,
    observations: count,
    relations: count,
    redactions: fields.redactions,
    problems: z.array(z.object({ line: z.number().int(), problem: z.string() })),
    notices,
  }),
  effect: 'write',
  idempotent: true,
  examples: [
    {
      title: 'One entity',
      input: {
        projectId: 'p1',
        text: '{"type":"entity","name":"Ada","entityType":"person","observations":[]}',
      },
    },
  ],
  run: (graph: GraphStore, input) => graph.importJsonl(input),
})

const exportJsonl = defineOperation({
  name: 'graph.export-jsonl',
  title: 'Export a graph',
  description:
    'Writes what is true of a namespace as JSON lines for the reference MCP memory server: names, types, observations and relations. A whole memory is moved by export, not by this.',
  input: z.object({ projectId, namespace: namespace.optional(), asOf }),
  output: z.object({ text: z.string(), entities: count, observations: count, relations: count }),
  effect: 'read',
  examples: [{ title: 'The default namespace', input: { projectId: 'p1' } }],
  run: (graph: GraphStore, input) => graph.exportJsonl(input),
})

/** Operations on communities and on whole graphs. */
export const communityOperations = [
  detectCommunities,
  communities,
  communityMembers,
  summarizeCommunity,
  bridges,
  importJsonl,
  exportJsonl,
] as const
