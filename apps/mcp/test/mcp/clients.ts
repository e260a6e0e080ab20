import {
  type CallToolResult,
  Client,
  StreamableHTTPClientTransport,
} from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { vi } from 'vitest'
import { z } from 'zod'
import { bundle } from './bundle.ts'
import { type Place, type Running, startProgram } from './place.ts'

/** Both ways in which clients speak: the older protocol, and the newest that both sides know. */
export const eras = ['legacy', 'auto'] as const
export type Era = (typeof eras)[number]

const createClient = (era: Era) =>
  new Client({ name: 'test', version: '1.0.0' }, { versionNegotiation: { mode: era } })

/** A real client over standard input and output of a program that it starts. */
export const connectStdio = async (
  { home, env }: Place,
  { era = 'legacy', args = [] }: { readonly era?: Era; readonly args?: readonly string[] } = {},
): Promise<Client> => {
  const client = createClient(era)
  const command = { command: process.execPath, args: [bundle, ...args], env, cwd: home }
  await client.connect(new StdioClientTransport({ ...command, stderr: 'ignore' }))
  return client
}

/** A real client over HTTP. */
export const connectHttp = async (
  url: string,
  { era = 'legacy', token }: { readonly era?: Era; readonly token?: string } = {},
): Promise<Client> => {
  const client = createClient(era)
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
  await client.connect(
    new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }),
  )
  return client
}

/** A program that listens, and where. */
export interface HttpProgram extends Running {
  /** Without a path: `http://127.0.0.1:1234`. */
  readonly origin: string
  readonly stop: () => Promise<number | null>
}

const listening = z.object({ event: z.literal('listening'), port: z.int() })

/** Starts the program on a free port of this machine. */
export const startHttp = async (
  place: Place,
  {
    args = [],
    env = {},
  }: { readonly args?: readonly string[]; readonly env?: Record<string, string> } = {},
): Promise<HttpProgram> => {
  const program = startProgram(place, ['--http', '0', ...args], env)
  const port = await vi.waitFor(() => {
    const logged = program.stderr.map((line) => listening.safeParse(JSON.parse(line)))
    const found = logged.find(({ success }) => success)?.data
    if (!found) throw new Error(`not listening: ${program.stderr.join('\n')}`)
    return found.port
  }, 20_000)
  const stop = () => {
    program.child.kill('SIGTERM')
    return program.exited
  }
  return { ...program, origin: `http://127.0.0.1:${port}`, stop }
}

/** The text of a result. */
export const textOf = ({ content }: CallToolResult): string =>
  content.map((block) => (block.type === 'text' ? block.text : '')).join('\n')

const recalled = z.object({
  results: z.array(z.object({ id: z.string(), layer: z.string(), content: z.string() })),
  notices: z.array(z.string()),
})

/** Calls `recall` and reads what came back. */
export const recall = async (client: Client, query: string) => {
  const { structuredContent } = await client.callTool({ name: 'recall', arguments: { query } })
  return recalled.parse(structuredContent)
}

const remembered = z.object({ memory: z.object({ id: z.string() }) })

/** Calls `remember` and answers the id of the memory. */
export const remember = async (client: Client, content: string): Promise<string> => {
  const { structuredContent } = await client.callTool({ name: 'remember', arguments: { content } })
  return remembered.parse(structuredContent).memory.id
}
