import { z } from 'zod'
import { clampTime } from '../check-episode.ts'

/** Where and when something of a transcript was said. */
export interface TranscriptContext {
  readonly sessionId?: string | undefined
  readonly occurredAt?: Date | undefined
  readonly cwd?: string | undefined
  readonly branch?: string | undefined
}

/** Something that somebody said. */
export interface TranscriptMessage extends TranscriptContext {
  readonly kind: 'message'
  readonly role: string
  readonly text: string
}

/** A tool that the agent called. */
export interface TranscriptToolCall extends TranscriptContext {
  readonly kind: 'tool-call'
  readonly callId: string
  readonly tool: string
  /** The arguments, parsed where they were JSON. */
  readonly input: unknown
}

/** What a tool answered. */
export interface TranscriptToolResult extends TranscriptContext {
  readonly kind: 'tool-result'
  readonly callId: string
  readonly text: string
  /** Undefined where the transcript does not say. */
  readonly isError?: boolean | undefined
}

export type TranscriptEntry = TranscriptMessage | TranscriptToolCall | TranscriptToolResult

const optionalText = z.string().optional().catch(undefined)
const anything = z.unknown().optional()
const anyList = z.array(z.unknown()).catch([])

const lineSchema = z.looseObject({
  timestamp: optionalText,
  sessionId: optionalText,
  cwd: optionalText,
  gitBranch: optionalText,
  message: z.looseObject({}).optional().catch(undefined),
  payload: z.looseObject({}).optional().catch(undefined),
})

const bodySchema = z.looseObject({
  type: optionalText,
  role: optionalText,
  content: anything,
  tool_calls: anyList,
  tool_call_id: optionalText,
  call_id: optionalText,
  name: optionalText,
  arguments: anything,
  input: anything,
  output: anything,
})

const blockSchema = z.looseObject({
  type: optionalText,
  text: optionalText,
  id: optionalText,
  name: optionalText,
  input: anything,
  tool_use_id: optionalText,
  content: anything,
  is_error: z.boolean().optional().catch(undefined),
})

const toolCallSchema = z.looseObject({
  id: z.string(),
  function: z.looseObject({ name: z.string(), arguments: anything }),
})

/**
 * What one line of a chat transcript says, in order, given as parsed JSON; nothing for lines of other
 * kinds. Understood are messages with content blocks (`tool_use`, `tool_result`), bare or inside
 * `message`; messages with `tool_calls` and answers of the role `tool`; and `function_call` items with
 * their outputs, bare or inside `payload`.
 */
export const parseTranscriptLine = (value: unknown): TranscriptEntry[] => {
  const { data: line } = lineSchema.safeParse(value)
  if (!line) return []
  const body = bodySchema.parse(line.message ?? line.payload ?? line)
  const context = {
    sessionId: line.sessionId,
    occurredAt: toTime(line.timestamp),
    cwd: line.cwd,
    branch: line.gitBranch,
  }
  return [...parseItem(body), ...parseMessage(body)].map((entry) => ({ ...entry, ...context }))
}

type Body = z.output<typeof bodySchema>

const toTime = (text: string | undefined): Date | undefined => {
  const time = Date.parse(text ?? '')
  return Number.isNaN(time) ? undefined : clampTime(time)
}

const CALL_ITEMS: ReadonlySet<string | undefined> = new Set(['function_call', 'custom_tool_call'])
const OUTPUT_ITEMS: ReadonlySet<string | undefined> = new Set([
  'function_call_output',
  'custom_tool_call_output',
])

const parseItem = ({ type, call_id: callId, ...body }: Body): TranscriptEntry[] => {
  if (callId === undefined) return []
  if (CALL_ITEMS.has(type) && body.name !== undefined) {
    const input = fromJson(body.arguments ?? body.input)
    return [{ kind: 'tool-call', callId, tool: body.name, input }]
  }
  return OUTPUT_ITEMS.has(type) ? [{ kind: 'tool-result', callId, text: toText(body.output) }] : []
}

const parseMessage = ({ role, content, ...body }: Body): TranscriptEntry[] => {
  if (role === undefined) return []
  if (role === 'tool' && body.tool_call_id !== undefined) {
    return [{ kind: 'tool-result', callId: body.tool_call_id, text: toText(content) }]
  }
  const blocks = Array.isArray(content) ? content.flatMap(parseBlock) : []
  const said = Array.isArray(content) ? blocks.filter(isText).join('\n') : toText(content)
  const message: TranscriptEntry[] = said === '' ? [] : [{ kind: 'message', role, text: said }]
  const entries = blocks.flatMap((block) => (isText(block) ? [] : [block]))
  return [...message, ...entries, ...body.tool_calls.flatMap(parseToolCall)]
}

const isText = (block: string | TranscriptEntry): block is string => typeof block === 'string'

/** A block of a message: its text, or a call or result. */
const parseBlock = (value: unknown): (string | TranscriptEntry)[] => {
  const { data: block } = blockSchema.safeParse(value)
  if (!block) return typeof value === 'string' ? [value] : []
  const entry = parseCallBlock(block)
  if (entry) return [entry]
  return block.text === undefined || block.type === 'thinking' ? [] : [block.text]
}

const parseCallBlock = (block: z.output<typeof blockSchema>): TranscriptEntry | undefined => {
  const { type, id, name, tool_use_id: callId } = block
  if (type === 'tool_use' && id !== undefined && name !== undefined) {
    return { kind: 'tool-call', callId: id, tool: name, input: block.input }
  }
  if (type !== 'tool_result' || callId === undefined) return undefined
  const isError = block.is_error ?? false
  return { kind: 'tool-result', callId, text: toText(block.content), isError }
}

const parseToolCall = (value: unknown): TranscriptEntry[] => {
  const { data } = toolCallSchema.safeParse(value)
  if (!data) return []
  const input = fromJson(data.function.arguments)
  return [{ kind: 'tool-call', callId: data.id, tool: data.function.name, input }]
}

/** What was said, of a text or of blocks. */
const toText = (content: unknown): string => {
  if (typeof content === 'string') return content
  if (Array.isArray(content)) return content.flatMap(parseBlock).filter(isText).join('\n')
  return content === undefined || content === null ? '' : JSON.stringify(content)
}

const fromJson = (value: unknown): unknown => {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}
