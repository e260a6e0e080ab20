import { defineOperation, isoDate } from '@athena-memory/operations'
import { z } from 'zod'
import type { EpisodicStore } from '../episodic-store.ts'
import { DIRECTIONS } from '../relations.ts'
import * as schemas from './episode-schemas.ts'

const { cursor, episode, episodeFilter, episodePage, id, limit, nextCursor, projectId } = schemas

const name = z.string().min(1).max(2000)

const get = defineOperation({
  name: 'episodic.get',
  title: 'Get an event',
  description: 'Looks an event up by its id.',
  input: z.object({ id }),
  output: z.object({ episode: episode.optional().describe('absent when there is none') }),
  effect: 'read',
  examples: [{ title: 'By its id', input: { id: 'e1' } }],
  run: async (store: EpisodicStore, input) => ({ episode: await store.get(input.id) }),
})

const list = defineOperation({
  name: 'episodic.list',
  title: 'List events',
  description:
    'Lists the events of a project a page at a time, the latest first: of a session, type, outcome or time, or about one file or symbol. To find events by what was said use episodic.search.',
  input: z.object({
    ...episodeFilter,
    file: name.optional().describe('about this file, by its path as it was recorded'),
    symbol: name.optional().describe('about this symbol'),
    limit: limit.default(20),
    cursor,
  }),
  output: episodePage,
  effect: 'read',
  examples: [
    { title: 'What happened to a file', input: { projectId: 'p1', file: 'src/parser.ts' } },
    { title: 'What failed', input: { projectId: 'p1', outcomes: ['failure'] } },
  ],
  run: (store: EpisodicStore, input) => store.list(input),
})

const recent = defineOperation({
  name: 'episodic.recent',
  title: 'List the latest events',
  description: 'Lists what happened in the last hours, the latest first. Use it to pick up work.',
  input: z.object({
    projectId,
    sessionId: schemas.sessionId,
    hours: z.number().positive().max(87_600).default(24),
    limit: limit.default(50),
  }),
  output: z.object({ episodes: z.array(episode) }),
  effect: 'read',
  examples: [{ title: 'Today', input: { projectId: 'p1' } }],
  run: async (store: EpisodicStore, input) => ({ episodes: await store.recent(input) }),
})

const search = defineOperation({
  name: 'episodic.search',
  title: 'Search events',
  description:
    'Finds events by words and by meaning, best first; nothing relevant is an empty list. Use it to see whether something was tried or happened before. To list by file or outcome use episodic.list.',
  input: z.object({
    projectId,
    query: z.string().min(1).max(10_000).describe('a question or a few words'),
    limit: z.number().int().min(1).max(100).default(10),
    eventTypes: schemas.eventTypes,
    consolidationStates: schemas.consolidationStates,
    from: schemas.from,
    to: schemas.to,
    minScore: z.number().min(0).optional(),
  }),
  output: z.object({
    results: z.array(
      episode.extend({
        layer: z.literal('episodic'),
        hybridScore: z.number().describe('what results are ordered by'),
        semanticSimilarity: z.number().optional().describe('1 - cosine distance to the question'),
        keywordRank: z.number().int().optional().describe('place by text alone, from 1'),
        signals: z.record(z.string(), z.number()),
      }),
    ),
    notices: schemas.notices,
  }),
  effect: 'read',
  examples: [{ title: 'A question', input: { projectId: 'p1', query: 'why did the build fail?' } }],
  run: (store: EpisodicStore, input) => store.search(input),
})

const counts = z.record(z.string(), z.number().int())

const timeline = defineOperation({
  name: 'episodic.timeline',
  title: 'Count events by day',
  description:
    'Says how many events there were on each day of UTC, by type and outcome, the latest day first; days without any are left out.',
  input: z.object({
    projectId,
    sessionId: schemas.sessionId,
    from: schemas.from,
    to: schemas.to,
    limit: z.number().int().min(1).max(366).default(30).describe('days that a page covers'),
    cursor,
  }),
  output: z.object({
    days: z.array(
      z.object({ day: z.string(), count: z.number().int(), types: counts, outcomes: counts }),
    ),
    nextCursor,
  }),
  effect: 'read',
  examples: [{ title: 'The last month', input: { projectId: 'p1' } }],
  run: (store: EpisodicStore, input) => store.timeline(input),
})

const related = defineOperation({
  name: 'episodic.related',
  title: 'List linked events',
  description: 'Lists events that were linked to one by episodic.relate, the strongest first.',
  input: z.object({
    id,
    direction: z.enum([...DIRECTIONS, 'both']).default('both'),
    relationTypes: z.array(z.string().min(1).max(50)).min(1).max(50).optional(),
    limit: limit.default(20),
    cursor,
  }),
  output: z.object({
    related: z.array(
      z.object({
        episode,
        relationType: z.string(),
        strength: z.number(),
        direction: z.enum(DIRECTIONS),
      }),
    ),
    nextCursor,
  }),
  effect: 'read',
  examples: [{ title: 'What it caused', input: { id: 'e1', direction: 'out' } }],
  run: (store: EpisodicStore, input) => store.related(input),
})

const mostSurprising = defineOperation({
  name: 'episodic.most-surprising',
  title: 'List surprising events',
  description:
    'Lists events that were unexpected after the ones before them, by their words, the most surprising first: good places to look for what changed.',
  input: z.object({
    ...episodeFilter,
    minSurprise: z.number().min(0).max(1).default(0),
    limit: limit.default(20),
    cursor,
  }),
  output: episodePage,
  effect: 'read',
  examples: [{ title: 'The most surprising', input: { projectId: 'p1', limit: 5 } }],
  run: (store: EpisodicStore, input) => store.mostSurprising(input),
})

const segmentBySurprise = defineOperation({
  name: 'episodic.segment-by-surprise',
  title: 'Cut events into segments',
  description:
    'Cuts a sequence of events, in the order of time, where their words turn to something else. Use it to see what a long session consisted of.',
  input: z.object({
    ...episodeFilter,
    limit: z.number().int().min(1).max(5000).default(500).describe('events that are read'),
    threshold: z.number().min(0).max(1).optional().describe('least surprise of a cut'),
    minSpacing: z.number().int().min(1).max(100).default(3).describe('fewest events in a segment'),
    maxCohesion: z.number().min(0).max(1).default(0.6).describe('likeness that allows no cut'),
    cursor,
  }),
  output: z.object({
    segments: z.array(
      z.object({
        episodeIds: z.array(z.string()),
        startsAt: isoDate,
        endsAt: isoDate,
        surprise: z.number().optional(),
        confidence: z.number().optional(),
      }),
    ),
    nextCursor,
  }),
  effect: 'read',
  examples: [{ title: 'A session', input: { projectId: 'p1', sessionId: 's1' } }],
  run: (store: EpisodicStore, input) => store.segmentBySurprise(input),
})

const chain = defineOperation({
  name: 'episodic.chain',
  title: 'Show what happened around an event',
  description:
    'Gives the events before and after one, in the order of time, up to the first pause of an hour.',
  input: z.object({
    id,
    gapMinutes: z.number().positive().max(525_600).default(60),
    sameSession: z.boolean().default(false).describe('only events of the same session'),
    limit: z.number().int().min(1).max(500).default(50).describe('most events on each side'),
  }),
  output: z.object({
    chain: z
      .object({
        episodes: z.array(episode),
        startsAt: isoDate,
        endsAt: isoDate,
        isCutBefore: z.boolean().describe('it began earlier than what limit let through'),
        isCutAfter: z.boolean(),
      })
      .optional()
      .describe('absent when there is no such event'),
  }),
  effect: 'read',
  examples: [{ title: 'Around an event', input: { id: 'e1' } }],
  run: async (store: EpisodicStore, input) => ({ chain: await store.chain(input) }),
})

const ground = z.number().min(0).max(1)

const causes = defineOperation({
  name: 'episodic.causes',
  title: 'Find what may have caused an event',
  description:
    'Gives earlier events that may have led to one, the strongest candidate first, with the grounds: shared files and symbols, an error that was fixed, nearness in time. Candidates, no proofs.',
  input: z.object({
    id,
    windowHours: z.number().positive().max(87_600).default(168),
    minStrength: z.number().min(0).max(1).default(0.31),
    limit: z.number().int().min(1).max(100).default(10),
  }),
  output: z.object({
    causes: z
      .array(
        z.object({
          episode,
          strength: ground,
          overlap: ground,
          repair: ground,
          proximity: ground,
          sharedFiles: z.array(z.string()),
          sharedSymbols: z.array(z.string()),
          gapMs: z.number().int(),
        }),
      )
      .optional()
      .describe('absent when there is no such event'),
  }),
  effect: 'read',
  examples: [{ title: 'Why did it fail?', input: { id: 'e1' } }],
  run: async (store: EpisodicStore, input) => ({ causes: await store.causes(input) }),
})

/** Operations that find what happened. */
export const findOperations = [
  get,
  list,
  recent,
  search,
  timeline,
  related,
  mostSurprising,
  segmentBySurprise,
  chain,
  causes,
] as const
