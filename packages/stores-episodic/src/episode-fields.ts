import { isoDate } from '@athena-memory/operations'
import { z } from 'zod'
import { MAX_SUBJECTS } from './check-episode.ts'
import { codeDetails } from './code-details.ts'
import { EVENT_TYPES, OUTCOMES } from './episode.ts'

const share = z.number().min(0).max(1)
const whole = z.number().int().min(0).max(2_147_483_647)
const text = z.string().min(1).max(100_000)
const name = z.string().min(1).max(500)
const key = z.string().min(1).max(2000)

/** What can be said of an event besides its time, as programs and JSON lines give it. */
export const episodeFields = {
  content: z.string().min(1).max(1_048_576).describe('what happened, in words'),
  eventType: z.enum(EVENT_TYPES).optional().describe('default action'),
  sessionId: key.optional().describe('name of the session it belongs to'),
  outcome: z.enum(OUTCOMES).optional().describe('how it went'),
  learned: text.optional().describe('what is to be learned from it'),
  confidence: share.optional().describe('default 1'),
  surprise: share.optional().describe('default: measured over its words'),
  cwd: key.optional().describe('working directory'),
  files: z.array(key).max(MAX_SUBJECTS).optional().describe('paths of files it was about'),
  symbols: z.array(key).max(MAX_SUBJECTS).optional().describe('functions, classes and the like'),
  task: text.optional(),
  phase: name.optional(),
  branch: name.optional(),
  durationMs: whole.optional(),
  filesChanged: whole.optional().describe('default: how many files there are'),
  linesAdded: whole.optional(),
  linesDeleted: whole.optional(),
  code: codeDetails.optional().describe('details of an event of code'),
  source: key.optional().describe('where it was learned'),
}

/** When an event happened. */
export const occurredAt = isoDate.describe('when it happened')
