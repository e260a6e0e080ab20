import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { prepareBundle } from './mcp/bundle.ts'
import { connectHttp, eras, type HttpProgram, recall, remember, startHttp } from './mcp/clients.ts'
import { lockFile } from './mcp/lock-file.ts'
import { makePlace, type Place, startProgram } from './mcp/place.ts'

const TOKEN = 'token-of-the-tests'
const ALLOWED = 'https://app.example.com'

let place: Place
beforeAll(async () => {
  await prepareBundle()
  place = await makePlace()
})
afterAll(() => place.remove())

const message = (content: string) =>
  JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name: 'remember', arguments: { content } },
  })

const headers = {
  authorization: `Bearer ${TOKEN}`,
  'content-type': 'application/json',
  accept: 'application/json, text/event-stream',
}

describe('a server with tokens', () => {
  let program: HttpProgram
  const ask = (path: string, init: RequestInit = {}) => fetch(`${program.origin}${path}`, init)
  const post = (body: string | ReadableStream, more: Record<string, string> = {}) =>
    ask('/mcp', { method: 'POST', headers: { ...headers, ...more }, body, duplex: 'half' })

  beforeAll(async () => {
    program = await startHttp(place, {
      env: { ATHENA_MCP_TOKENS: TOKEN, ATHENA_MCP_ALLOWED_ORIGINS: ALLOWED },
    })
  })
  afterAll(() => program.stop())

  it.each(eras)('serves a client that has a token (%s)', async (era) => {
    const client = await connectHttp(`${program.origin}/mcp`, { era, token: TOKEN })
    const { tools } = await client.listTools()
    expect(tools.length).toBeLessThanOrEqual(8)
    const id = await remember(client, `The ferry to Hel takes two hours (${era})`)
    const { results } = await recall(client, 'How long does the ferry to Hel take?')
    expect(results.map((result) => result.id)).toContain(id)
    await client.close()
  })

  it.each([
    ['no token', {}],
    ['another token', { authorization: 'Bearer token-of-somebody' }],
    ['another scheme', { authorization: `Basic ${TOKEN}` }],
  ])('answers 401 to %s, and asks for one', async (_, authorization) => {
    for (const path of ['/mcp', '/metrics']) {
      const answer = await ask(path, { method: 'POST', headers: authorization, body: message('x') })
      expect(answer.status).toBe(401)
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer /)
    }
  })

  it('answers 403 to pages of other origins, even with a token', async () => {
    for (const origin of ['https://evil.example', 'http://localhost:3000', 'null']) {
      const answer = await post(message('x'), { origin })
      expect(answer.status).toBe(403)
      expect(answer.headers.get('access-control-allow-origin')).toBeNull()
    }
  })

  it('lets pages of allowed origins ask and read', async () => {
    const preflight = await ask('/mcp', {
      method: 'OPTIONS',
      headers: { origin: ALLOWED, 'access-control-request-method': 'POST' },
    })
    expect(preflight.status).toBe(204)
    for (const answer of [preflight, await post(message('from a page'), { origin: ALLOWED })]) {
      expect(answer.ok).toBe(true)
      expect(answer.headers.get('access-control-allow-origin')).toBe(ALLOWED)
    }
  })

  it('answers 413 to a body of more than 1 MiB, whether or not its length is announced', async () => {
    const body = message('x'.repeat(1_048_577))
    expect((await post(body)).status).toBe(413)
    expect((await post(new Blob([body]).stream())).status).toBe(413)
    expect((await post(message('x'.repeat(1_000_000)))).status).toBe(200)
  })

  it('looks at the token before the body', async () => {
    const answer = await post(message('x'.repeat(2_000_000)), { authorization: 'Bearer wrong' })
    expect(answer.status).toBe(401)
  })

  it('answers probes without a token', async () => {
    for (const path of ['/healthz', '/readyz']) {
      const answer = await ask(path)
      expect([answer.status, await answer.json()]).toEqual([200, { status: 'ok' }])
    }
  })

  it('counts calls by tool and outcome, and says how its pool and embeddings are', async () => {
    await post(message(''))
    const metrics = await (await ask('/metrics', { headers })).text()
    expect(metrics).toMatch(/^athena_mcp_calls_total\{tool="remember",outcome="ok"\} [1-9]\d*$/m)
    expect(metrics).toMatch(/^athena_mcp_calls_total\{tool="remember",outcome="refused"\} 1$/m)
    expect(metrics).toMatch(/^athena_mcp_call_duration_seconds_count\{tool="remember"\} [1-9]\d*$/m)
    expect(metrics).toMatch(/^athena_database_connections\{state="max"\} [1-9]\d*$/m)
    expect(metrics).toMatch(/^athena_embeddings_pending 0$/m)
  })
})

describe('a server without tokens', () => {
  it('serves this machine, but by its own names only', async () => {
    const program = await startHttp(place)
    const client = await connectHttp(`${program.origin}/mcp`)
    expect((await client.listTools()).tools).toHaveLength(6)
    await client.close()
    // fetch sends the Host header that it likes best.
    const { request } = await import('node:http')
    const status = await new Promise((resolve) => {
      request(`${program.origin}/mcp`, { headers: { host: 'rebound.example' } }, (answer) =>
        resolve(answer.resume().statusCode),
      ).end()
    })
    expect(status).toBe(403)
    expect(await program.stop()).toBe(0)
  })

  it('is refused where another one listens', async () => {
    const program = await startHttp(place)
    const second = startProgram(place, ['--http', new URL(program.origin).port])
    expect(await second.exited).toBe(2)
    expect(second.stderr.join('')).toMatch(/--http: expected an address .*EADDRINUSE/)
    await program.stop()
  })

  it.each(['0.0.0.0:0', '[::]:0', '192.0.2.1:0'])('is refused on %s', async (address) => {
    const program = startProgram(place, ['--http', address])
    expect(await program.exited).toBe(2)
    expect(program.stderr.join('\n')).toMatch(/ATHENA_MCP_TOKENS: expected at least one token/)
  })
})

describe('a file of tokens', () => {
  it('is read where only its owner can read it', async () => {
    const path = join(place.home, 'tokens')
    await writeFile(path, `${TOKEN}\n`)
    await chmod(path, 0o644)
    const refused = startProgram(place, ['--http', '0', '--tokens', path])
    expect(await refused.exited).toBe(2)
    expect(refused.stderr.join('\n')).toMatch(/--tokens: others can read the file; run chmod 600/)
    await chmod(path, 0o600)
    const program = await startHttp(place, { args: ['--tokens', path] })
    const client = await connectHttp(`${program.origin}/mcp`, { token: TOKEN })
    await client.close()
    await expect(connectHttp(`${program.origin}/mcp`)).rejects.toThrow(
      /401|authorization|unauthorized/i,
    )
    await program.stop()
  })
})

describe('a server that cannot reach its database', () => {
  it('is alive, but not ready', async () => {
    const program = await startHttp(place, {
      env: { ATHENA_DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' },
    })
    expect((await fetch(`${program.origin}/healthz`)).status).toBe(200)
    expect((await fetch(`${program.origin}/readyz`)).status).toBe(503)
    await program.stop()
  })
})

describe('a server that is told to stop', () => {
  it('answers the calls that it has, then exits', async () => {
    const path = join(place.home, 'stopping.db')
    const program = await startHttp(place, { args: ['--db', `file:${path}`] })
    const client = await connectHttp(`${program.origin}/mcp`)
    await remember(client, 'So that the tables are there')
    const lock = await lockFile(path)
    const id = remember(client, 'Closing time')
    await vi.waitFor(async () => {
      const metrics = await (await fetch(`${program.origin}/metrics`)).text()
      expect(metrics).toMatch(/^athena_mcp_calls_in_flight 1$/m)
    }, 20_000)
    const stopped = program.stop()
    await vi.waitFor(() => expect(program.stderr.join('')).toContain('"stopping"'), 20_000)
    await lock.release()
    expect(await id).toMatch(/^[0-9a-f-]{36}$/)
    expect(await stopped).toBe(0)
    await client.close()
  })
})
