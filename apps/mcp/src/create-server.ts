import { performance } from 'node:perf_hooks'
import {
  type CallToolRequestParams,
  type CallToolResult,
  ProtocolError,
  ProtocolErrorCode,
  Server,
} from '@modelcontextprotocol/server'
import type { Athena } from 'athena-memory'
import type { InFlight } from './in-flight.ts'
import { instructions } from './instructions.ts'
import { codeOf, toMessage } from './to-message.ts'
import { toText } from './tools/to-text.ts'
import { type Tool, toListing } from './tools/tool.ts'

/** How a call of a tool ended. */
export interface CallReport {
  readonly tool: string
  /** `refused`: the arguments were wrong. `failed`: everything else that is no result. */
  readonly outcome: 'ok' | 'refused' | 'failed'
  readonly durationMs: number
  /** What went wrong; absent when nothing did. */
  readonly code?: string
}

/** What a server is made of. Only the memory differs between the callers of one process. */
export interface ServerParts {
  readonly tools: () => Promise<readonly Tool[]>
  readonly inFlight: InFlight
  readonly onCall: (report: CallReport) => void
}

/**
 * An MCP server over a memory, for either era of the protocol and any transport. The memory is asked
 * for when a tool is called, so that the first answers need no database.
 */
export const createServer = (
  openMemory: () => Promise<Athena>,
  { tools, inFlight, onCall }: ServerParts,
): Server => {
  // Not McpServer: the schemas are JSON already, and operations validate with messages of their own.
  const server = new Server(
    { name: 'athena', title: 'Athena memory', version: process.env.ATHENA_VERSION ?? '0.0.0' },
    { capabilities: { tools: {} }, instructions },
  )
  const loadTools = () =>
    tools().catch((error: unknown) => {
      throw new ProtocolError(ProtocolErrorCode.InternalError, toMessage(error))
    })
  const list = async () => ({ tools: (await loadTools()).map(toListing) })
  const call = async ({ name, arguments: input = {} }: CallToolRequestParams) => {
    const tool = findTool(await loadTools(), name)
    const { result, ...ended } = await callTool(tool, openMemory, input)
    onCall({ tool: tool.name, ...ended })
    return result
  }
  server.setRequestHandler('tools/list', () => inFlight.track(list()))
  server.setRequestHandler('tools/call', ({ params }) => inFlight.track(call(params)))
  return server
}

const findTool = (tools: readonly Tool[], name: string): Tool => {
  const tool = tools.find((one) => one.name === name)
  if (tool) return tool
  const names = tools.map((one) => one.name).join(', ')
  throw new ProtocolError(ProtocolErrorCode.InvalidParams, `name: expected one of ${names}`)
}

type Ended = Omit<CallReport, 'tool'> & { readonly result: CallToolResult }

const callTool = async (
  tool: Tool,
  openMemory: () => Promise<Athena>,
  input: unknown,
): Promise<Ended> => {
  const startedAt = performance.now()
  const end = () => ({ durationMs: performance.now() - startedAt })
  try {
    const { operations } = await openMemory()
    const structuredContent = await tool.call(operations, input)
    const content = [{ type: 'text' as const, text: toText(structuredContent) }]
    return { result: { content, structuredContent }, outcome: 'ok', ...end() }
  } catch (thrown) {
    const content = [{ type: 'text' as const, text: toMessage(thrown) }]
    const code = codeOf(thrown)
    const outcome = REFUSALS.has(code) ? 'refused' : 'failed'
    return { result: { content, isError: true }, outcome, code, ...end() }
  }
}

const REFUSALS = new Set(['invalid-input', 'unknown-operation'])
