import { defineOperation, isoDate, type Operation } from '@athena-memory/operations'
import { EVENT_TYPES, OUTCOMES } from '@athena-memory/stores-episodic'
import { z } from 'zod'
import type { AllLayers } from './all-layers.ts'
import { projectName } from './with-project.ts'

const score = z.number()

const recollection = z.object({
  id: z.string(),
  layer: z.string().describe('layer the memory is of, such as semantic'),
  kind: z.string(),
  projectId: z.string(),
  content: z.string(),
  hybridScore: score.describe('what results are ordered by'),
  semanticSimilarity: score.optional().describe('1 - cosine distance, from -1 to 1'),
  keywordRank: z.int().optional().describe('place in the order by text alone, from 1'),
  signals: z.record(z.string(), score).describe('relevance and the factors that changed it'),
  speaker: z.string().optional(),
  role: z.string().optional(),
  groupId: z.string().optional(),
  position: z.int().optional(),
  importance: score.optional(),
  tags: z.array(z.string()).readonly(),
  consolidationState: z.string().optional(),
  occurredAt: isoDate.optional(),
  validFrom: isoDate.optional(),
  validUntil: isoDate.optional(),
})

const names = (what: string) => z.array(z.string().min(1)).max(50).describe(what).exactOptional()

const recall = defineOperation({
  name: 'memory.recall',
  title: 'Recall',
  description:
    'Finds what is remembered about a question, in every layer, best first, by words and by meaning. Ask in plain words, with names and dates where you have them. An empty result means that nothing relevant is known. To read memories in order, without a question, use the list operations.',
  input: z.object({
    query: z.string().describe('question or words to look for'),
    project: projectName.exactOptional(),
    allProjects: z.boolean().default(false).describe('search every project'),
    layers: names('only these layers'),
    kinds: names('only these kinds, such as fact or decision'),
    tags: names('only memories that have all of these tags'),
    from: isoDate.exactOptional().describe('what happened from then on'),
    to: isoDate.exactOptional().describe('what happened before then'),
    asOf: isoDate.exactOptional().describe('what was true then; now when left out'),
    limit: z.int().min(1).max(100).default(10),
  }),
  output: z.object({
    results: z.array(recollection),
    notices: z.array(z.string()).describe('what could not be done, such as search by meaning'),
  }),
  effect: 'read',
  examples: [{ title: 'Ask', input: { query: 'Which database did we choose, and why?' } }],
  run: (memory: AllLayers, { query, ...options }) => memory.recall(query, options),
})

const forget = defineOperation({
  name: 'memory.forget',
  title: 'Forget',
  description:
    'Erases one memory for good, of whatever layer, with its earlier versions and everything that was made from its text for searching. To replace what is no longer true, use semantic.supersede: it keeps the history.',
  input: z.object({ id: z.string().min(1).describe('id of the memory, as recall gives it') }),
  output: z.object({
    id: z.string(),
    forgotten: z.boolean().describe('false where there was no such memory'),
    layer: z.string().exactOptional(),
    erased: z.record(z.string(), z.int()).describe('how much was erased, by kind'),
    affected: z
      .array(z.object({ layer: z.string(), id: z.string() }))
      .readonly()
      .describe('what was derived from it and stays, since it rests on something else too'),
  }),
  effect: 'destructive',
  idempotent: true,
  run: (memory: AllLayers, { id }) => memory.forget(id),
})

const recordEvent = defineOperation({
  name: 'memory.record-event',
  title: 'Record an event',
  description:
    'Keeps something that happened: an action, a decision, an error, a test run, and how it went. Use it when something is done or found out. What is simply true is for semantic.remember; episodic.record takes more details.',
  input: z.object({
    content: z.string().min(1).max(1_048_576).describe('what happened, in plain words'),
    project: projectName.exactOptional(),
    eventType: z.enum(EVENT_TYPES).default('action'),
    outcome: z.enum(OUTCOMES).exactOptional(),
    learned: z.string().max(20_000).exactOptional().describe('what to do differently'),
    files: z.array(z.string().min(1).max(2000)).max(1000).exactOptional(),
    occurredAt: isoDate.exactOptional().describe('default now'),
  }),
  output: z.object({
    id: z.string(),
    isDuplicate: z.boolean().describe('exactly this was recorded already'),
    notices: z.array(z.string()),
  }),
  effect: 'write',
  examples: [
    {
      title: 'A failed test',
      input: { content: 'The parser test fails on an empty line', outcome: 'failure' },
    },
  ],
  run: (memory: AllLayers, input) => memory.recordEvent(input),
})

const health = z.object({
  status: z.enum(['ok', 'degraded', 'unavailable']),
  dialect: z.enum(['postgres', 'sqlite']),
  latencyMs: z.number().exactOptional(),
  version: z.string().exactOptional(),
  pgvectorVersion: z.string().exactOptional(),
  migrations: z.object({ applied: z.int(), pending: z.int() }).exactOptional(),
  pool: z.object({
    size: z.int(),
    inFlight: z.int(),
    waiting: z.int(),
    max: z.int(),
    utilisation: z.number(),
  }),
  warnings: z.array(z.string()).readonly(),
})

const embedding = z.object({
  model: z.string(),
  dimensions: z.int(),
  kind: z.enum(['lexical', 'semantic']).describe('what the vectors capture: spelling or meaning'),
  status: z.enum(['ok', 'unavailable']),
  latencyMs: z.number(),
  detail: z.string().exactOptional(),
  embedded: z.int().describe('documents that have vectors'),
  pending: z.int().describe('documents that have none yet'),
})

const status = defineOperation({
  name: 'memory.status',
  title: 'Status',
  description:
    'Says where the memory is, what is in it, and whether the database and the embedding model are well.',
  input: z.object({}),
  output: z.object({
    location: z.string(),
    tenantId: z.string(),
    project: z.object({ id: z.string(), name: z.string() }).describe('the current project'),
    layers: z.record(z.string(), z.int()).describe('documents of the current project by layer'),
    documents: z.int().describe('documents of all projects'),
    database: health,
    embedding: embedding.exactOptional().describe('absent where vectors are switched off'),
  }),
  effect: 'read',
  run: async (memory: AllLayers) => {
    const { embedding: found, ...rest } = await memory.status()
    if (!found) return rest
    const { space, health: answer, embedded, pending } = found
    const { model, dimensions, kind } = space
    return { ...rest, embedding: { model, dimensions, kind, ...answer, embedded, pending } }
  },
})

const embedPending = defineOperation({
  name: 'memory.embed-pending',
  title: 'Embed what is pending',
  description:
    'Gives vectors to memories that have none: those written while the model could not be reached, and all of them after a change of model. Call it again until nothing remains.',
  input: z.object({ limit: z.int().min(1).max(10_000).default(100) }),
  output: z.object({ embedded: z.int(), remaining: z.int() }),
  effect: 'write',
  idempotent: true,
  run: (memory: AllLayers, { limit }) => memory.embedPending({ limit }),
})

/** The operations over all layers. */
export const memoryOperations: readonly Operation<AllLayers>[] = [
  recall,
  forget,
  recordEvent,
  status,
  embedPending,
]
