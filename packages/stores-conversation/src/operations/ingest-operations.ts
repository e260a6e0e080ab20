import { defineOperation } from '@athena-memory/operations'
import { z } from 'zod'
import type { ConversationStore } from '../conversation-store.ts'
import * as schemas from './conversation-schemas.ts'

const { name, notices, projectId, redactions, toolCall } = schemas

/** Problems that a report lists; a transcript of other programs can have one for each line. */
const LISTED_PROBLEMS = 1000
const MAX_TEXT_LENGTH = 16_777_216

const ingestJsonl = defineOperation({
  name: 'conversation.ingest-jsonl',
  title: 'Take in a transcript',
  description:
    'Reads a transcript of a chat agent, one JSON object a line (role and content with time and session, OpenAI tool calls, Claude Code, Codex), and keeps its messages. Lines that hold none are named and skipped; the same transcript again, also when it has grown, adds only what is new. Tool calls are listed so that they can be recorded as episodes.',
  input: z.object({
    projectId,
    text: z.string().min(1).max(MAX_TEXT_LENGTH).optional().describe('either this or path'),
    path: z.string().min(1).max(4096).optional().describe('a file of JSON lines'),
    session: name.optional().describe('for lines that name none; default the name of the file'),
  }),
  output: z.object({
    sessions: z.array(z.object({ id: z.string(), externalId: z.string() })),
    added: z.number().int(),
    known: z.number().int().describe('messages that were there already'),
    redactions,
    toolCalls: z.array(toolCall),
    problems: z
      .array(z.object({ line: z.number().int(), problem: z.string(), isSkipped: z.boolean() }))
      .describe('lines by number, the first 1000'),
    problemCount: z.number().int(),
    notices,
  }),
  effect: 'write',
  idempotent: true,
  examples: [
    {
      title: 'Two lines',
      input: {
        projectId: 'p1',
        session: 's-42',
        text: '{"role":"user","content":"Why does the build fail?"}\n{"role":"assistant","content":"The lockfile is out of date."}',
      },
    },
  ],
  run: async (store: ConversationStore, input) => {
    const report = await store.ingestJsonl(input)
    const { problems } = report
    const listed = problems.slice(0, LISTED_PROBLEMS)
    return { ...report, problems: listed, problemCount: problems.length }
  },
})

/** Operations that take conversations in. */
export const ingestOperations = [ingestJsonl] as const
