import { isoDate } from '@athena-memory/operations'
import { z } from 'zod'
import { codeDetails } from '../code-details.ts'
import { EPISODE_STATES, EVENT_TYPES, OUTCOMES } from '../episode.ts'

/** The fields that several operations of this layer share. */
export const id = z.string().min(1).max(200).describe('id of the episode')
export const projectId = z.string().min(1).describe('id of the project')
export const sessionId = z.string().min(1).max(2000).optional().describe('only of this session')
export const eventTypes = z.array(z.enum(EVENT_TYPES)).min(1).max(50).optional()
const outcomes = z.array(z.enum(OUTCOMES)).min(1).max(10).optional()
export const state = z.enum(EPISODE_STATES)
export const consolidationStates = z.array(state).min(1).max(10).optional()
export const from = isoDate.optional().describe('occurred from then on')
export const to = isoDate.optional().describe('occurred before then')
export const limit = z.number().int().min(1).max(500)
export const cursor = z
  .string()
  .min(1)
  .max(500)
  .optional()
  .describe('nextCursor of the page before')
export const nextCursor = z.string().optional().describe('absent on the last page')
export const notices = z.array(z.string())
export const redactions = z.number().int().describe('keys, tokens and passwords that were cut out')

/** Which episodes a question is about. */
export const episodeFilter = {
  projectId,
  sessionId,
  eventTypes,
  outcomes,
  consolidationStates,
  from,
  to,
}

/** An episode in a result. */
export const episode = z.object({
  id: z.string(),
  projectId: z.string(),
  sessionId: z.string().optional(),
  occurredAt: isoDate,
  eventType: z.enum(EVENT_TYPES),
  content: z.string(),
  outcome: z.enum(OUTCOMES).optional(),
  learned: z.string().optional(),
  confidence: z.number(),
  surprise: z.number().optional().describe('from 0 to 1; absent where too little came before'),
  cwd: z.string().optional(),
  files: z.array(z.string()).readonly(),
  symbols: z.array(z.string()).readonly(),
  task: z.string().optional(),
  phase: z.string().optional(),
  branch: z.string().optional(),
  durationMs: z.number().int().optional(),
  filesChanged: z.number().int().optional(),
  linesAdded: z.number().int().optional(),
  linesDeleted: z.number().int().optional(),
  code: codeDetails.optional(),
  source: z.string().optional(),
  consolidationState: state,
  consolidatedAt: isoDate.optional(),
  createdAt: isoDate,
  updatedAt: isoDate,
})

/** A page of episodes. */
export const episodePage = z.object({ episodes: z.array(episode), nextCursor })
