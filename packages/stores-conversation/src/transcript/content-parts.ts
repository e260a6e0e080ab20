import { firstText, isJson, type Json, objectsOf, toText } from './json-fields.ts'

/** A call of a tool as a line holds it. */
export interface CallPart {
  readonly callId?: string | undefined
  readonly name: string
  readonly arguments: unknown
}

/** The answer of a tool as a line holds it. */
export interface ResultPart {
  readonly callId?: string | undefined
  readonly text: string
  readonly isFailure: boolean
}

/** What a line says, sorted by what it is. */
export interface ContentParts {
  readonly texts: string[]
  readonly thoughts: string[]
  readonly calls: CallPart[]
  readonly results: ResultPart[]
}

/** Takes the body of a message apart, in any of the shapes that chat agents write. */
export const readParts = (body: Json, role: string | undefined): ContentParts => {
  const parts: ContentParts = { texts: [], thoughts: [], calls: [], results: [] }
  const said = ['content', 'text', 'parts', 'value', 'summary']
    .map((name) => body[name])
    .find((value) => value !== undefined && value !== null)
  const answered = firstText([body], ['tool_call_id', 'toolCallId'])
  if (answered !== undefined || role === 'function') {
    parts.results.push(toResult(body, answered))
  } else {
    for (const block of Array.isArray(said) ? said : [said]) readBlock(block, parts)
  }
  for (const call of objectsOf(body['tool_calls'] ?? body['toolCalls'])) {
    parts.calls.push(toCall(call))
  }
  if (isJson(body['function_call'])) parts.calls.push(toCall(body['function_call']))
  if (isTyped(body)) readBlock(body, parts)
  return parts
}

type BlockReader = (block: Json, parts: ContentParts) => void

const readCall: BlockReader = (block, parts) => void parts.calls.push(toCall(block))
const readResult: BlockReader = (block, parts) =>
  void parts.results.push(
    toResult(block, firstText([block], ['tool_use_id', 'call_id', 'toolCallId'])),
  )
const readThought: BlockReader = (block, parts) => {
  const thought = firstText([block], ['thinking', 'text', 'reasoning'])
  if (thought !== undefined) parts.thoughts.push(thought)
}

/** Blocks that are no text of their own, by the type that they say they are. */
const BLOCK_READERS: ReadonlyMap<unknown, BlockReader> = new Map([
  ['tool_use', readCall],
  ['server_tool_use', readCall],
  ['function_call', readCall],
  ['tool-call', readCall],
  ['tool_result', readResult],
  ['function_call_output', readResult],
  ['tool-result', readResult],
  ['thinking', readThought],
  ['reasoning', readThought],
])

/** Whether a line is itself such a block and not a message that holds some. */
const isTyped = (body: Json): boolean =>
  ['function_call', 'function_call_output'].includes(String(body['type']))

const readBlock = (block: unknown, parts: ContentParts): void => {
  if (typeof block === 'string') parts.texts.push(block)
  if (!isJson(block)) return
  const read = BLOCK_READERS.get(block['type'])
  if (read) return read(block, parts)
  const text = firstText([block], ['text', 'content'])
  const kind = firstText([block], ['type'])
  if (text !== undefined) parts.texts.push(text)
  else if (kind !== undefined) parts.texts.push(`[${kind}]`)
}

const toCall = (call: Json): CallPart => {
  const inner = isJson(call['function']) ? call['function'] : call
  return {
    callId: firstText([call], ['id', 'call_id', 'toolCallId']),
    name: firstText([inner, call], ['name', 'toolName']) ?? 'unnamed tool',
    arguments: inner['arguments'] ?? inner['input'] ?? inner['args'] ?? {},
  }
}

const toResult = (result: Json, callId: string | undefined): ResultPart => {
  const value = result['content'] ?? result['output'] ?? result['result']
  const text = Array.isArray(value) ? value.map(blockText).join('\n') : toText(value)
  return { callId, text, isFailure: isFailure(result) }
}

const blockText = (block: unknown): string => {
  if (!isJson(block)) return toText(block)
  return firstText([block], ['text']) ?? `[${firstText([block], ['type']) ?? 'block'}]`
}

const isFailure = (result: Json): boolean =>
  [result['is_error'], result['isError']].includes(true) ||
  result['success'] === false ||
  ['error', 'failed'].includes(String(result['status']))
