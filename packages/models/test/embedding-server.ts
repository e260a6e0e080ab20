import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'

/** One request as the server saw it; `number` counts from 1. */
interface SeenRequest {
  readonly number: number
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: z.output<typeof bodySchema>
}

export interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON, or as it is when it is text. */
  readonly body?: unknown
  /** Sends the head and the first half of the body, and never the rest. */
  readonly stalls?: boolean
}

/** What to answer; `hang up` ends the connection without an answer. */
export type Handler = (request: SeenRequest) => Reply | Promise<Reply>

type Reply = Answer | 'hang up'

const bodySchema = z.object({
  model: z.string(),
  input: z.array(z.string()),
  dimensions: z.int().optional(),
})

/** The vector that the test servers give for a text: different for every text, and of any length but 1. */
export const rawVector = (text: string, dimensions: number): number[] => {
  const bytes = createHash('sha256').update(text).digest()
  return Array.from({ length: dimensions }, (_, i) => (bytes[i % 32] ?? 0) - 127.5 + i / 7)
}

/** The same as a unit vector of 32-bit floats. */
export const unitVector = (text: string, dimensions: number): Float32Array => {
  const raw = rawVector(text, dimensions)
  const length = Math.hypot(...raw)
  return Float32Array.from(raw, (value) => value / length)
}

const write = (response: ServerResponse, answer: Answer) => {
  const { status = 200, headers = {}, body = {}, stalls = false } = answer
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  if (stalls) response.write(text.slice(0, text.length / 2))
  else response.end(text)
}

/** A real HTTP server on a free port of this machine, which answers as `handler` says and remembers what it was asked. */
export const openEmbeddingServer = async (handler: Handler) => {
  const requests: SeenRequest[] = []
  let underWay = 0
  let mostAtOnce = 0
  const server = createServer(async (message, response) => {
    mostAtOnce = Math.max(mostAtOnce, ++underWay)
    let text = ''
    for await (const chunk of message.setEncoding('utf8')) text += chunk
    const body = bodySchema.parse(JSON.parse(text))
    const { url = '', headers } = message
    const request = { number: requests.length + 1, path: url, headers, body }
    requests.push(request)
    const answer = await handler(request)
    underWay--
    if (answer === 'hang up') response.destroy()
    else write(response, answer)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = z.object({ port: z.int() }).parse(server.address())
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    mostAtOnce: () => mostAtOnce,
    /** All texts of all requests, in the order of arrival. */
    texts: () => requests.flatMap(({ body }) => body.input),
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

export type EmbeddingServer = Awaited<ReturnType<typeof openEmbeddingServer>>

/** Resolves as soon as `isTrue`; waits for ever otherwise, so that a test ends by its own time-out. */
export const until = async (isTrue: () => boolean): Promise<void> => {
  while (!isTrue()) await wait(2)
}
