import { defineOperation } from '@athena-memory/operations'
import { z } from 'zod'
import type { EpisodicStore } from '../episodic-store.ts'
import { notices, projectId, redactions } from './episode-schemas.ts'

const path = z.string().min(1).max(4096)
const whole = z.number().int()

const ingestGit = defineOperation({
  name: 'episodic.ingest-git',
  title: 'Record the history of a git repository',
  description:
    'Records every commit of the history of HEAD with message, author, time, files and lines. A second run records only what is new. Use it once when a project begins, and again to catch up.',
  input: z.object({ projectId, path: path.describe('a directory in the repository') }),
  output: z.object({
    repository: z.string(),
    head: z.string().optional().describe('absent in an empty repository'),
    commits: whole.describe('commits that were looked at'),
    added: whole,
    duplicates: whole.describe('commits that were recorded already'),
    redactions,
    notices,
  }),
  effect: 'write',
  idempotent: true,
  examples: [{ title: 'A repository', input: { projectId: 'p1', path: '/home/ada/shop' } }],
  run: (store: EpisodicStore, input) => store.ingestGit(input),
})

const fileReport = z.object({
  source: z.string().describe('the file'),
  lines: whole.describe('lines that were looked at'),
  added: whole,
  duplicates: whole.describe('events that were recorded already'),
  redactions,
  malformed: whole.describe('lines that were skipped'),
  malformedLines: z
    .array(z.object({ line: whole, reason: z.string() }))
    .describe('the first 100 of them'),
  notices,
})

const ingestJsonl = defineOperation({
  name: 'episodic.ingest-jsonl',
  title: 'Record events from a file',
  description:
    'Records events from a file of JSON lines, each with content and occurredAt and whatever else episodic.record takes. A second run records only what was appended; malformed lines are reported and skipped.',
  input: z.object({ projectId, path: path.describe('the file') }),
  output: fileReport,
  effect: 'write',
  idempotent: true,
  examples: [{ title: 'A log', input: { projectId: 'p1', path: '/var/log/agent.jsonl' } }],
  run: (store: EpisodicStore, input) => store.ingestJsonl(input),
})

const ingestTranscript = defineOperation({
  name: 'episodic.ingest-transcript',
  title: 'Record the tool calls of a transcript',
  description:
    'Records each tool call of a chat transcript in JSON lines: the tool, what it was about, and how it went. A second run records only what was appended. The messages themselves belong to conversation memory.',
  input: z.object({ projectId, path: path.describe('the transcript') }),
  output: fileReport,
  effect: 'write',
  idempotent: true,
  examples: [{ title: 'A session', input: { projectId: 'p1', path: '/tmp/session.jsonl' } }],
  run: (store: EpisodicStore, input) => store.ingestTranscript(input),
})

/** Operations that record what others have written down. */
export const ingestOperations = [ingestGit, ingestJsonl, ingestTranscript] as const
