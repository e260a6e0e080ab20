import { relative } from 'node:path'
import { cutBeforeSecret } from '@athena-memory/db-core/secrets'
import { z } from 'zod'
import { isKey } from '../check-episode.ts'
import type { EventType, Outcome } from '../episode.ts'
import type { NewEpisode } from '../new-episode.ts'
import type { TranscriptToolCall, TranscriptToolResult } from './parse-transcript.ts'

/** Characters of what a call is about that are kept, and of what a failed one answered. */
const MAX_SUBJECT = 1000
const MAX_ANSWER = 2000

const MAX_NAME = 500
const MAX_DURATION_MS = 2_147_483_647

/** Arguments that say what a call is about, the most telling first. */
const SUBJECTS = [
  'description',
  'command',
  'file_path',
  'path',
  'notebook_path',
  'pattern',
  'query',
  'url',
  'prompt',
] as const
const FILES = ['file_path', 'path', 'notebook_path', 'filename'] as const

const CHANGING_TOOL = /^(?:multi)?(?:edit|write|create|patch|apply_patch|notebookedit|str_replace)/i
const TEST_COMMAND = /\b(?:test|tests|vitest|jest|pytest|mocha|tox|rspec|phpunit)\b/i

/** What is known where a transcript is silent. */
export interface CallDefaults {
  readonly projectId: string
  readonly source: string
  readonly sessionId: string
  readonly occurredAt: Date
}

/**
 * The episode that a tool call is: what was called and about what, and for a failed call what it
 * answered. Files inside the working directory are named from there, as git names them.
 */
export const toCallEpisode = (
  call: TranscriptToolCall,
  result: TranscriptToolResult | undefined,
  defaults: CallDefaults,
): NewEpisode => {
  const input = textArguments(call.input)
  const subject = beginningOf(subjectOf(input, call.input), MAX_SUBJECT)
  const failure = result?.isError ? `\n${beginningOf(result.text.trim(), MAX_ANSWER)}` : ''
  return {
    projectId: defaults.projectId,
    source: defaults.source,
    sessionId: keyOr(call.sessionId, defaults.sessionId),
    occurredAt: call.occurredAt ?? defaults.occurredAt,
    eventType: typeOf(call.tool, input),
    content: `${call.tool.slice(0, MAX_NAME)}: ${subject}${failure}`,
    outcome: outcomeOf(result),
    cwd: call.cwd,
    branch: call.branch,
    durationMs: durationOf(call, result),
    files: filesOf(input, call.cwd),
    code: {
      tool: call.tool.slice(0, MAX_NAME) || 'unknown',
      callId: call.callId.slice(0, MAX_NAME),
    },
  }
}

/** No secret is cut apart: half of one would not be recognised any more. */
const beginningOf = (text: string, length: number): string =>
  text.slice(0, cutBeforeSecret(text, length))

const keyOr = (key: string | undefined, otherwise: string): string =>
  key !== undefined && isKey(key) ? key : otherwise

const textArguments = (input: unknown): ReadonlyMap<string, string> => {
  const { data = {} } = z.record(z.string(), z.unknown()).safeParse(input)
  return new Map(
    Object.entries(data).flatMap(([name, value]) =>
      typeof value === 'string' && value.trim() !== '' ? [[name, value]] : [],
    ),
  )
}

const subjectOf = (input: ReadonlyMap<string, string>, raw: unknown): string => {
  const told = SUBJECTS.flatMap((name) => input.get(name) ?? []).slice(0, 2)
  if (told.length > 0) return told.join('\n')
  return typeof raw === 'string' ? raw : (JSON.stringify(raw) ?? '')
}

const typeOf = (tool: string, input: ReadonlyMap<string, string>): EventType => {
  if (CHANGING_TOOL.test(tool)) return 'file_change'
  return TEST_COMMAND.test(input.get('command') ?? '') ? 'test_run' : 'tool_call'
}

const outcomeOf = (result: TranscriptToolResult | undefined): Outcome | undefined => {
  if (result === undefined) return 'ongoing'
  if (result.isError === undefined) return undefined
  return result.isError ? 'failure' : 'success'
}

const durationOf = (
  { occurredAt }: TranscriptToolCall,
  result: TranscriptToolResult | undefined,
): number | undefined => {
  if (occurredAt === undefined || result?.occurredAt === undefined) return undefined
  const duration = result.occurredAt.getTime() - occurredAt.getTime()
  return Math.min(Math.max(duration, 0), MAX_DURATION_MS)
}

const filesOf = (input: ReadonlyMap<string, string>, cwd: string | undefined): string[] =>
  FILES.flatMap((name) => input.get(name) ?? [])
    .map((file) => fromDirectory(file, cwd))
    .filter(isKey)

const fromDirectory = (file: string, cwd: string | undefined): string => {
  if (cwd === undefined || !file.startsWith('/')) return file
  const inside = relative(cwd, file)
  return inside === '' || inside.startsWith('..') ? file : inside
}
