import { defineOperation, isoDate } from '@athena-memory/operations'
import { z } from 'zod'
import type { GraphStore } from '../graph-store.ts'
import * as fields from './graph-schemas.ts'

const { asOf, content, cursor, direction, entityId, nextCursor, notices, observation } = fields
const { pageLimit, relation, relationType, rowId, share, validFrom, validUntil } = fields

const newRelation = {
  fromId: entityId,
  toId: entityId,
  relationType,
  strength: share.optional().describe('how strong the tie is; default 1'),
  confidence: share.optional().describe('how sure it is; default 1'),
  validFrom,
  validUntil,
  metadata: fields.metadata.optional(),
}
const related = z.object({
  relation,
  isNew: z.boolean().describe('false where it was there already'),
  redactions: fields.redactions,
})

const relate = defineOperation({
  name: 'graph.relate',
  title: 'Relate two entities',
  description:
    'Says how one entity relates to another of the project. An open relation of the same type stays as it is: to change its strength end it with graph.unrelate first.',
  input: z.object(newRelation),
  output: related,
  effect: 'write',
  idempotent: true,
  examples: [{ title: 'Ada wrote it', input: { fromId: 'e1', toId: 'e2', relationType: 'wrote' } }],
  run: (graph: GraphStore, input) => graph.relate(input),
})

const relateMany = defineOperation({
  name: 'graph.relate-many',
  title: 'Relate many entities',
  description: 'Like graph.relate for up to 1000 relations, all or none.',
  input: z.object({ relations: z.array(z.strictObject(newRelation)).min(1).max(1000) }),
  output: z.object({ results: z.array(related) }),
  effect: 'write',
  idempotent: true,
  examples: [
    {
      title: 'One of many',
      input: { relations: [{ fromId: 'e1', toId: 'e2', relationType: 'wrote' }] },
    },
  ],
  run: async (graph: GraphStore, input) => ({ results: await graph.relateMany(input.relations) }),
})

const unrelate = defineOperation({
  name: 'graph.unrelate',
  title: 'End a relation',
  description:
    'Says that a relation is no longer true; earlier times still show it. With isMistake it was never true, and no time shows it. To erase every trace of it use graph.forget.',
  input: z.object({
    id: rowId.describe('id of the relation'),
    at: isoDate.optional().describe('when it ceased to be true; default now'),
    isMistake: z.boolean().default(false),
  }),
  output: z.object({ relation: relation.optional().describe('absent when there is none') }),
  effect: 'write',
  idempotent: true,
  examples: [{ title: 'No longer', input: { id: 'r1' } }],
  run: async (graph: GraphStore, { id, ...options }) => ({
    relation: await graph.unrelate(id, options),
  }),
})

const relations = defineOperation({
  name: 'graph.relations',
  title: 'List the relations of an entity',
  description:
    'Lists how an entity relates to others, the ones made last first. For the entities at the other ends use graph.neighbours.',
  input: z.object({
    entityId,
    direction,
    relationTypes: fields.relationTypes,
    asOf,
    includeEnded: z.boolean().default(false).describe('ended and mistaken ones too'),
    limit: pageLimit,
    cursor,
  }),
  output: z.object({ relations: z.array(relation), nextCursor }),
  effect: 'read',
  examples: [{ title: 'Both ways', input: { entityId: 'e1' } }],
  run: (graph: GraphStore, input) => graph.relations(input),
})

const observationFields = {
  confidence: share.optional().describe('default 1'),
  source: fields.source.optional().describe('where it was learned'),
  observedAt: isoDate.optional().describe('when it was seen; default now'),
  validFrom,
  validUntil,
}
const observed = z.object({
  observation,
  isNew: z.boolean().describe('false where exactly this was known already'),
  redactions: fields.redactions,
})

const observe = defineOperation({
  name: 'graph.observe',
  title: 'Observe something of an entity',
  description:
    'Adds one thing that is known of an entity, once. What replaces something known is graph.supersede-observation.',
  input: z.object({ entityId, content, ...observationFields }),
  output: observed.extend({ notices }),
  effect: 'write',
  idempotent: true,
  examples: [{ title: 'A fact', input: { entityId: 'e1', content: 'Lives in Lisbon' } }],
  run: (graph: GraphStore, input) => graph.observe(input),
})

const observeMany = defineOperation({
  name: 'graph.observe-many',
  title: 'Observe many things',
  description: 'Like graph.observe for up to 1000 observations, all or none.',
  input: z.object({
    observations: z
      .array(z.strictObject({ entityId, content, ...observationFields }))
      .min(1)
      .max(1000),
  }),
  output: z.object({ results: z.array(observed), notices }),
  effect: 'write',
  idempotent: true,
  examples: [
    {
      title: 'One of many',
      input: { observations: [{ entityId: 'e1', content: 'Lives in Lisbon' }] },
    },
  ],
  run: (graph: GraphStore, input) => graph.observeMany(input.observations),
})

const supersedeObservation = defineOperation({
  name: 'graph.supersede-observation',
  title: 'Replace an observation',
  description:
    'Puts what is true now in the place of what was observed before. The old one is kept, and earlier times still show it.',
  input: z.object({ id: rowId.describe('id of the observation'), content, ...observationFields }),
  output: z.object({
    superseded: z
      .object({
        observation,
        previous: observation,
        isDuplicate: z.boolean().describe('another one said this already and took its place'),
        redactions: fields.redactions,
        notices,
      })
      .optional()
      .describe('absent when there is no such observation'),
  }),
  effect: 'write',
  examples: [{ title: 'She moved', input: { id: 'o1', content: 'Lives in Porto' } }],
  run: async (graph: GraphStore, { id, ...next }) => ({
    superseded: await graph.supersedeObservation(id, next),
  }),
})

const observations = defineOperation({
  name: 'graph.observations',
  title: 'List what is known of an entity',
  description: 'Lists what is true of an entity now or as of a time, observed last first.',
  input: z.object({
    entityId,
    asOf,
    includeSuperseded: z.boolean().default(false).describe('all that was ever observed'),
    limit: pageLimit,
    cursor,
  }),
  output: z.object({ observations: z.array(observation), nextCursor }),
  effect: 'read',
  examples: [{ title: 'Of one entity', input: { entityId: 'e1' } }],
  run: (graph: GraphStore, input) => graph.observations(input),
})

/** Operations on relations and observations. */
export const relationOperations = [
  relate,
  relateMany,
  unrelate,
  relations,
  observe,
  observeMany,
  supersedeObservation,
  observations,
] as const
