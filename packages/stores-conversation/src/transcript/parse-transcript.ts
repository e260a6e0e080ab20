import { MAX_TEXT_BYTES } from '../check-text.ts'
import { stableId } from '../stable-id.ts'
import { isJson, type Json } from './json-fields.ts'
import { type Counter, type PlacedLine, toMessages } from './line-messages.ts'
import { readLine, type TranscriptLine } from './read-line.ts'
import { findToolCalls, type ReadLine } from './tool-calls.ts'
import type { LineProblem, Transcript, TranscriptMessage } from './transcript.ts'

/** How a transcript is read. */
export interface ParseOptions {
  /**
   * The session of lines that name none and stand before all that do; later ones belong to the session
   * named last. Default: the first that is named, else a name made of the first line.
   */
  readonly session?: string | undefined
}

/**
 * Reads a transcript of a chat agent: one JSON object a line, in any of the usual shapes.
 *
 * - `{ role, content, timestamp, sessionId }`, with the usual other names of these fields
 * - OpenAI: `tool_calls`, `tool_call_id`, `function_call`, `{ messages: [...] }`
 * - Claude Code: `{ type, message: { role, content: [...] }, timestamp, sessionId, uuid }` with blocks
 *   `text`, `thinking`, `tool_use`, `tool_result`, and `summary` lines
 * - Codex: `{ type, payload }`; Gemini: `parts`
 *
 * Never throws: a line that holds no message is reported by its number, and all others are read. Pure;
 * the same text gives the same keys and ids, also after lines were added to its end (where no session
 * is given and none was named before, the lines added must name none either).
 */
export const parseTranscript = (text: string, options: ParseOptions = {}): Transcript => {
  const problems: LineProblem[] = []
  const placed = placeLines(splitLines(text, problems), options.session, problems)
  const seen: Counter = new Map()
  const read = placed.map((line) => ({ line, messages: toMessages(line, seen) }))
  const messages = read.flatMap((each) => acceptMessages(each, problems))
  return {
    messages: uniqueByKey(messages),
    toolCalls: [...new Map(findToolCalls(read).map((call) => [call.id, call])).values()],
    problems: problems.toSorted((a, b) => a.line - b.line),
  }
}

const splitLines = (text: string, problems: LineProblem[]): TranscriptLine[] =>
  text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .flatMap((source, index) => {
      if (source.trim() === '') return []
      const line = index + 1
      const read = readObject(source)
      if (typeof read !== 'string') return readLine(read, line)
      problems.push({ line, problem: read, isSkipped: true })
      return []
    })

/** The object of a line, or what is wrong with it. */
const readObject = (source: string): Json | string => {
  const value = parseJson(source)
  if (value === undefined) return 'is no JSON'
  if (!isJson(value)) return 'is no JSON object'
  return isDeeper(value, MAX_DEPTH) ? `is nested more than ${MAX_DEPTH} levels deep` : value
}

const parseJson = (source: string): unknown => {
  try {
    const value: unknown = JSON.parse(source)
    return value
  } catch {
    return undefined
  }
}

/** What is nested deeper than any agent writes could be read, but not be written again. */
const MAX_DEPTH = 100

const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1)))

const placeLines = (
  lines: readonly TranscriptLine[],
  fallback: string | undefined,
  problems: LineProblem[],
): PlacedLine[] => {
  const named = lines.find((line) => line.session !== undefined)?.session
  let session = fallback ?? named ?? nameOfFirst(lines)
  let lastTime: Date | undefined
  return lines.map((line) => {
    session = line.session ?? session
    if (line.saidAt === 'unreadable') {
      const problem = 'has a time that is none; the time of the line before was taken'
      problems.push({ line: line.line, problem, isSkipped: false })
    } else {
      lastTime = line.saidAt ?? lastTime
    }
    return { ...line, session, saidAt: lastTime }
  })
}

const nameOfFirst = (lines: readonly TranscriptLine[]): string => {
  const first = lines.find(({ role }) => role !== undefined)
  return `transcript-${stableId(JSON.stringify({ ...first, line: 0 })).slice(0, 13)}`
}

const acceptMessages = ({ line, messages }: ReadLine, problems: LineProblem[]) => {
  const short = messages.filter(({ content }) => Buffer.byteLength(content) <= MAX_TEXT_BYTES)
  const isSkipped = short.length === 0
  if (messages.length === 0) {
    problems.push({ line: line.line, problem: 'holds no message', isSkipped })
  } else if (short.length < messages.length) {
    problems.push({ line: line.line, problem: 'holds a text of more than 1 MiB', isSkipped })
  }
  return short
}

const uniqueByKey = (messages: readonly TranscriptMessage[]): TranscriptMessage[] => {
  const known = new Set<string>()
  return messages.filter(({ key }) => {
    const isNew = !known.has(key)
    known.add(key)
    return isNew
  })
}
