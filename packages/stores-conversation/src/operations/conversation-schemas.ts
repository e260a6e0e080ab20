import { isoDate } from '@athena-memory/operations'
import { z } from 'zod'
import { TOOL_OUTCOMES } from '../transcript/transcript.ts'

/** The fields that several operations of this layer share. */
export const projectId = z.string().min(1).describe('id of the project')
export const sessionId = z.string().min(1).describe('id of the session')
export const threadId = z.string().min(1).describe('id of the thread')
export const name = z.string().min(1).max(200)
export const title = z.string().min(1).max(500)
export const role = z.string().min(1).max(50).describe('user, assistant, system, tool or another')
export const content = z.string().min(1).max(1_048_576)
export const tags = z.array(z.string().min(1).max(200)).max(100)
export const position = z.number().int().nonnegative()
export const redactions = z.number().int().describe('keys, tokens and passwords that were cut out')
export const notices = z.array(z.string()).describe('what could not be done, such as vectors')

/** Which page of a list. */
export const page = {
  limit: z.number().int().min(1).max(500).default(20),
  cursor: z.string().min(1).max(200).optional().describe('nextCursor of the page before'),
}
export const nextCursor = z.string().optional().describe('absent on the last page')

const record = z.record(z.string().max(500), z.unknown())
const MAX_JSON_LENGTH = 1_048_576

/** An object of the caller's own, as JSON. */
export const json = record.refine(
  (value) => (JSON.stringify(value)?.length ?? 0) <= MAX_JSON_LENGTH,
  'expected at most 1,048,576 characters of JSON',
)

const times = { createdAt: isoDate, updatedAt: isoDate }

export const session = z.object({
  id: z.string(),
  projectId: z.string(),
  externalId: z.string().optional(),
  title: z.string().optional(),
  agent: z.string().optional(),
  startedAt: isoDate,
  endedAt: isoDate.optional(),
  context: record,
  ...times,
})

export const thread = z.object({
  id: z.string(),
  projectId: z.string(),
  sessionId: z.string(),
  title: z.string().optional(),
  tags: z.array(z.string()),
  startedAt: isoDate,
  lastActiveAt: isoDate,
  archivedAt: isoDate.optional(),
  messageCount: z.number().int(),
  tokenCount: z.number().int(),
  ...times,
})

export const message = z.object({
  id: z.string(),
  projectId: z.string(),
  threadId: z.string(),
  position: z.number().int(),
  role: z.string(),
  speaker: z.string().optional(),
  content: z.string(),
  tokens: z.number().int(),
  model: z.string().optional(),
  metadata: record,
  saidAt: isoDate,
  ...times,
})

export const summary = z.object({
  id: z.string(),
  projectId: z.string(),
  sessionId: z.string(),
  threadId: z.string().optional(),
  content: z.string(),
  fromPosition: z.number().int().optional(),
  toPosition: z.number().int().optional(),
  tokens: z.number().int(),
  method: z.string(),
  model: z.string().optional(),
  summarizedAt: isoDate,
  ...times,
})

export const snapshot = z.object({
  id: z.string(),
  projectId: z.string(),
  sessionId: z.string().optional(),
  threadId: z.string().optional(),
  label: z.string().optional(),
  reason: z.string(),
  content: z.string(),
  state: record,
  tokens: z.number().int(),
  takenAt: isoDate,
  recoveredAt: isoDate.optional(),
  ...times,
})

export const openTask = z.object({
  id: z.string(),
  title: z.string(),
  status: z.string().optional(),
  priority: z.string().optional(),
  dueAt: isoDate.optional(),
})

export const toolCall = z.object({
  id: z.string().describe('the same each time the transcript is read'),
  name: z.string(),
  argumentsSummary: z.string(),
  session: z.string().describe('what the host calls the session'),
  sessionId: z.string(),
  threadId: z.string(),
  messageId: z.string(),
  messageKey: z.string(),
  line: z.number().int(),
  calledAt: isoDate.optional(),
  durationMs: z.number().optional(),
  outcome: z.enum(TOOL_OUTCOMES),
  resultSummary: z.string().optional(),
  cwd: z.string().optional(),
  branch: z.string().optional(),
  isNew: z.boolean().describe('whether its message was taken in now'),
})
