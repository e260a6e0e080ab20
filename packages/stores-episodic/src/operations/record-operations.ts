import { defineOperation, isoDate } from '@athena-memory/operations'
import { z } from 'zod'
import { episodeFields, occurredAt } from '../episode-fields.ts'
import type { EpisodicStore } from '../episodic-store.ts'
import { episode, id, notices, projectId, redactions, state } from './episode-schemas.ts'

const newEpisode = {
  ...episodeFields,
  occurredAt: occurredAt.optional().describe('when it happened; default now'),
}
const recorded = z.object({
  episode,
  isDuplicate: z.boolean().describe('exactly this was recorded already'),
  redactions,
})

const record = defineOperation({
  name: 'episodic.record',
  title: 'Record an event',
  description:
    'Keeps something that happened: an action, a decision, an error, a test run, and how it went. Use it when something is done or found out, with the files it was about. Not for what is simply true: that is semantic.remember.',
  input: z.object({ projectId, ...newEpisode }),
  output: recorded.extend({ notices }),
  effect: 'write',
  examples: [
    {
      title: 'A failed test',
      input: {
        projectId: 'p1',
        content: 'The parser test fails on an empty line',
        eventType: 'test_run',
        outcome: 'failure',
        files: ['src/parser.ts'],
      },
    },
  ],
  run: (store: EpisodicStore, input) => store.record(input),
})

const recordMany = defineOperation({
  name: 'episodic.record-many',
  title: 'Record many events',
  description:
    'Like episodic.record for up to 1000 events, all or none, and much faster than one by one. For files of events use episodic.ingest-jsonl.',
  input: z.object({
    projectId,
    episodes: z.array(z.strictObject(newEpisode)).min(1).max(1000),
  }),
  output: z.object({ results: z.array(recorded), duplicates: z.number().int(), notices }),
  effect: 'write',
  examples: [
    {
      title: 'Two events',
      input: {
        projectId: 'p1',
        episodes: [
          { content: 'Chose a parser by hand', eventType: 'decision' },
          { content: 'Released 1.2', eventType: 'deployment', outcome: 'success' },
        ],
      },
    },
  ],
  run: (store: EpisodicStore, { projectId: project, episodes }) =>
    store.recordMany(episodes.map((each) => ({ ...each, projectId: project }))),
})

const share = z.number().min(0).max(1)
const relationType = z.string().regex(/^[a-z][a-z0-9_]{0,49}$/)

const relate = defineOperation({
  name: 'episodic.relate',
  title: 'Link two events',
  description:
    'Notes how two events of a project belong together, such as one that caused or fixed another. Linking them again the same way changes the strength. To find out what may have caused an event use episodic.causes.',
  input: z.object({
    fromId: id,
    toId: id,
    relationType: relationType.describe('what the first is to the second: caused, fixed, part_of'),
    strength: share.default(1),
  }),
  output: z.object({
    id: z.string(),
    projectId: z.string(),
    fromId: z.string(),
    toId: z.string(),
    relationType: z.string(),
    strength: z.number(),
    createdAt: isoDate,
    updatedAt: isoDate,
  }),
  effect: 'write',
  idempotent: true,
  examples: [
    {
      title: 'A commit fixed an error',
      input: { fromId: 'e2', toId: 'e1', relationType: 'fixed' },
    },
  ],
  run: (store: EpisodicStore, input) => store.relate(input),
})

const metric = z.object({
  id: z.string(),
  projectId: z.string(),
  episodeId: z.string(),
  name: z.string(),
  value: z.number(),
  unit: z.string().optional(),
  measuredAt: isoDate,
  createdAt: isoDate,
  updatedAt: isoDate,
})

const addMetric = defineOperation({
  name: 'episodic.add-metric',
  title: 'Note a measurement of an event',
  description: 'Keeps a number that was measured for an event, such as coverage or build time.',
  input: z.object({
    episodeId: id,
    name: z.string().min(1).max(500).describe('what was measured'),
    value: z.number(),
    unit: z.string().min(1).max(50).optional(),
    measuredAt: isoDate.optional().describe('default now'),
  }),
  output: metric,
  effect: 'write',
  examples: [{ title: 'Coverage', input: { episodeId: 'e1', name: 'coverage', value: 0.93 } }],
  run: (store: EpisodicStore, input) => store.addMetric(input),
})

const metrics = defineOperation({
  name: 'episodic.metrics',
  title: 'List measurements',
  description: 'Lists what was measured, the latest first: of one event, or of one name over time.',
  input: z.object({
    projectId,
    episodeId: id.optional(),
    name: z.string().min(1).max(500).optional().describe('only what is called so'),
    from: isoDate.optional().describe('measured from then on'),
    to: isoDate.optional().describe('measured before then'),
    limit: z.number().int().min(1).max(500).default(50),
    cursor: z.string().min(1).max(500).optional().describe('nextCursor of the page before'),
  }),
  output: z.object({ metrics: z.array(metric), nextCursor: z.string().optional() }),
  effect: 'read',
  examples: [{ title: 'Coverage over time', input: { projectId: 'p1', name: 'coverage' } }],
  run: (store: EpisodicStore, input) => store.metrics(input),
})

const setConsolidationState = defineOperation({
  name: 'episodic.set-consolidation-state',
  title: 'Move events to a consolidation state',
  description:
    'For programs that consolidate: moves events on, all or none. A step that is not allowed is refused; unknown ids are left out of the answer.',
  input: z.object({ ids: z.array(id).min(1).max(1000), state }),
  output: z.object({ episodes: z.array(episode) }),
  effect: 'write',
  idempotent: true,
  examples: [{ title: 'Begin', input: { ids: ['e1', 'e2'], state: 'consolidating' } }],
  run: async (store: EpisodicStore, input) => ({
    episodes: await store.setConsolidationState(input.ids, input.state),
  }),
})

const whole = z.number().int()

const forget = defineOperation({
  name: 'episodic.forget',
  title: 'Forget an event',
  description:
    'Erases an event with its vectors, links and measurements. It cannot be brought back. What other layers derived from it is named, and stays.',
  input: z.object({ id }),
  output: z.object({
    forgotten: z.boolean(),
    episodes: whole,
    relations: whole,
    metrics: whole,
    documents: whole,
    embeddings: whole,
    derivations: whole,
    affected: z
      .array(z.object({ layer: z.string(), id: z.string() }))
      .describe('what was derived from it, and stays'),
  }),
  effect: 'destructive',
  idempotent: true,
  examples: [{ title: 'An event that must not be kept', input: { id: 'e1' } }],
  run: (store: EpisodicStore, input) => store.forget(input.id),
})

/** Operations that change what is known of what happened, and of its measurements. */
export const recordOperations = [
  record,
  recordMany,
  relate,
  addMetric,
  metrics,
  setConsolidationState,
  forget,
] as const
