import { createServer } from 'node:http'
import { once } from 'node:events'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { openAthena } from 'athena-memory'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { embedInBackground } from '../src/embed-in-background.ts'
import { createLog } from '../src/log.ts'
import { prepareBundle } from './mcp/bundle.ts'
import { connectStdio, recall, remember } from './mcp/clients.ts'
import { makePlace, type Place } from './mcp/place.ts'

let place: Place
beforeAll(async () => {
  await prepareBundle()
  place = await makePlace()
})
afterAll(() => place.remove())

const NOWHERE = 'http://127.0.0.1:1/v1'
const remote = (url: string) => ({
  ATHENA_EMBEDDER: 'openai-compatible',
  ATHENA_EMBEDDING_URL: url,
  ATHENA_EMBEDDING_MODEL: 'small',
  ATHENA_EMBEDDING_DIMENSIONS: '16',
})

it('remembers and recalls by words while the model is down, and says so', async () => {
  const client = await connectStdio({ ...place, env: { ...place.env, ...remote(NOWHERE) } })
  await client.listTools()
  const id = await remember(client, 'The tide table hangs in the harbour office')
  const { results, notices } = await recall(client, 'tide table harbour')
  expect(results[0]).toMatchObject({ id })
  expect(notices).not.toEqual([])
  await client.close()
})

const embeddingServer = () =>
  createServer(async (request, response) => {
    const { input } = z.object({ input: z.array(z.string()) }).parse(await json(request))
    const data = input.map((_, index) => ({
      index,
      embedding: Array.from({ length: 16 }, (__, at) => at),
    }))
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ data }))
  })

it('embeds in the background what was written while the model was down', async () => {
  const server = embeddingServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const bound = server.address()
  const port = typeof bound === 'object' ? bound?.port : undefined
  server.close()
  await once(server, 'close')

  const athena = await openAthena({
    database: `file:${join(place.home, 'later.db')}`,
    project: 'later',
    embedder: {
      adapter: 'openai-compatible',
      url: `http://127.0.0.1:${port}/v1`,
      model: 'small',
      dimensions: 16,
      retries: 0,
    },
    env: {},
  })
  await athena.remember('Written while nobody could embed it')
  expect((await athena.status()).embedding).toMatchObject({ pending: 1 })

  const lines: string[] = []
  const log = createLog('debug', (line) => lines.push(line))
  const background = embedInBackground(() => [athena], log, 10)
  await vi.waitFor(() => expect(lines.join('')).toContain('"level":"warn"'), 20_000)
  const revived = embeddingServer().listen(port, '127.0.0.1')
  await vi.waitFor(
    async () => expect((await athena.status()).embedding).toMatchObject({ pending: 0 }),
    20_000,
  )
  background.stop()
  await athena.close()
  revived.closeAllConnections()
  revived.close()
})
