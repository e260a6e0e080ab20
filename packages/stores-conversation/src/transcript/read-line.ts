import { type ContentParts, readParts } from './content-parts.ts'
import { firstText, isJson, type Json, objectsOf } from './json-fields.ts'
import { readTime } from './read-time.ts'

/** A line as far as it can be understood by itself. */
export interface TranscriptLine {
  readonly line: number
  readonly id?: string | undefined
  readonly session?: string | undefined
  readonly thread: string
  readonly isSidechain: boolean
  /** Absent where the line is no message. */
  readonly role?: string | undefined
  readonly speaker?: string | undefined
  readonly model?: string | undefined
  readonly tokens?: number | undefined
  readonly saidAt: Date | 'unreadable' | undefined
  readonly parts: ContentParts
  readonly cwd?: string | undefined
  readonly branch?: string | undefined
}

/** Names of roles, as hosts write them and as they are kept here; others are kept as they are. */
const ROLES: ReadonlyMap<string, string> = new Map([
  ['human', 'user'],
  ['ai', 'assistant'],
  ['model', 'assistant'],
  ['bot', 'assistant'],
  ['developer', 'system'],
  ['function', 'tool'],
])
const LONGEST_NAME = 200
const LONGEST_ROLE = 50
const MOST_TOKENS = 10_000_000

/** What kind of line is said by whom, where the line does not name a role. */
const ROLES_OF_TYPES: ReadonlyMap<string, string> = new Map([
  ['user', 'user'],
  ['human', 'user'],
  ['assistant', 'assistant'],
  ['ai', 'assistant'],
  ['system', 'system'],
  ['summary', 'system'],
  ['tool', 'tool'],
  ['function_call', 'assistant'],
  ['function_call_output', 'tool'],
])

/** Reads the object of a line; one that holds a list of messages gives several. */
export const readLine = (envelope: Json, line: number): TranscriptLine[] => {
  const listed = objectsOf(envelope['messages'] ?? envelope['conversations'])
  if (listed.length === 0) return [readMessage(envelope, bodyOf(envelope), line)]
  const thread = threadOf([envelope]) || `line ${line}`
  return listed.map((body) => ({
    ...readMessage({ ...envelope, ...body }, bodyOf(body), line),
    thread,
  }))
}

const bodyOf = (envelope: Json): Json => {
  const inner = [envelope['message'], envelope['payload']]
  const body = inner.find(isJson)
  if (body) return body
  const said = inner.find((value) => typeof value === 'string')
  return said === undefined ? envelope : { content: said, ...envelope }
}

const readMessage = (envelope: Json, body: Json, line: number): TranscriptLine => {
  const both = body === envelope ? [envelope] : [envelope, body]
  const role = roleOf(envelope, body)
  const tokens = body['tokens'] ?? body['token_count']
  return {
    line,
    id: firstText(both, ['uuid', 'id', 'messageId', 'message_id']),
    session: sessionOf(both),
    thread: threadOf(both),
    isSidechain: envelope['isSidechain'] === true,
    role: role && (ROLES.get(role) ?? role),
    speaker: toName(firstText(both, ['speaker', 'name', 'author'])),
    model: toName(firstText(both, ['model'])),
    tokens: isTokenCount(tokens) ? tokens : undefined,
    saidAt: readTime(both),
    parts: readParts(body, role),
    cwd: firstText(both, ['cwd', 'workingDirectory']),
    branch: firstText(both, ['gitBranch', 'branch']),
  }
}

/** A name as databases keep it, so that it is recognised when it is read again. */
const toName = (text: string | undefined): string | undefined =>
  text && Buffer.from(text.replaceAll('\0', '').slice(0, LONGEST_NAME)).toString()

const isTokenCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MOST_TOKENS

const roleOf = (envelope: Json, body: Json): string | undefined => {
  const role = firstText([body, envelope], ['role', 'sender', 'from'])?.toLowerCase()
  if (role !== undefined) return role.length <= LONGEST_ROLE ? role : undefined
  const types = [envelope['type'], body['type']].map(String)
  return types.map((type) => ROLES_OF_TYPES.get(type)).find((known) => known !== undefined)
}

const sessionOf = (objects: readonly Json[]): string | undefined => {
  const isMeta = objects.some((object) => object['type'] === 'session_meta')
  const names = ['sessionId', 'session_id', 'session', 'conversationId', 'conversation_id']
  const last = objects.at(-1) ?? {}
  const named = firstText(objects, names) ?? (isMeta ? firstText([last], ['id']) : undefined)
  return toName(named)
}

const threadOf = (objects: readonly Json[]): string => {
  const named = firstText(objects, ['threadId', 'thread_id', 'thread', 'agentId'])
  if (named !== undefined) return toName(named) ?? ''
  return objects.some((object) => object['isSidechain'] === true) ? 'sidechain' : ''
}
