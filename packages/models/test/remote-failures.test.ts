import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { type Embedder, ModelError } from '../src/index.ts'
import {
  type Answer,
  type EmbeddingServer,
  type Handler,
  openEmbeddingServer,
  rawVector,
  until,
} from './embedding-server.ts'
import { answerAll, dimensions, serverKinds } from './server-kinds.ts'

const secretText = 'my secret text'

/** The error that embedding a text fails with. */
const failureOf = async (embedder: Embedder, texts = [secretText]): Promise<ModelError> => {
  const error: unknown = await embedder.embed(texts).catch((reason: unknown) => reason)
  if (!(error instanceof ModelError)) throw new Error('Expected a ModelError', { cause: error })
  return error
}

describe.each(serverKinds)('an embedder over $name', (kind) => {
  let server: EmbeddingServer | undefined
  const open = async (handler: Handler) => {
    server = await openEmbeddingServer(handler)
    return server
  }
  const failAtFirst = (times: number, answer: Answer) =>
    open(({ number, body }) => (number <= times ? answer : answerAll(kind, body.input)))
  afterEach(async () => {
    await server?.close()
    server = undefined
  })

  it.each([429, 408, 500, 502, 503])('repeats a request that was answered %i', async (status) => {
    const { url, requests } = await failAtFirst(2, { status })
    expect(await kind.open({ url }).embed(['a'])).toHaveLength(1)
    expect(requests).toHaveLength(3)
  })

  it('repeats a request whose connection was lost', async () => {
    const { url, requests } = await open(({ number, body }) =>
      number === 1 ? 'hang up' : answerAll(kind, body.input),
    )
    expect(await kind.open({ url }).embed(['a'])).toHaveLength(1)
    expect(requests).toHaveLength(2)
  })

  it('gives up after the retries it may make', async () => {
    const { url, requests } = await open(() => ({ status: 503 }))
    const error = await failureOf(kind.open({ url, retries: 2 }))
    expect(error).toMatchObject({ code: 'unavailable', retryable: true })
    expect(error.message).toContain('503')
    expect(requests).toHaveLength(3)
  })

  it.each([
    [401, 'unauthorized', false],
    [403, 'unauthorized', false],
    [404, 'invalid-config', false],
    [400, 'invalid-response', false],
    [301, 'invalid-response', false],
    [429, 'rate-limited', true],
    [500, 'unavailable', true],
  ])('takes %i for %s', async (status, code, retryable) => {
    const { url, requests } = await open(() => ({
      status,
      headers: { location: 'http://127.0.0.1:9/' },
    }))
    const error = await failureOf(kind.open({ url, retries: 0 }))
    expect(error).toMatchObject({ name: 'ModelError', code, retryable })
    expect(requests).toHaveLength(1)
  })

  it.each([401, 400, 404])('does not repeat a request that was answered %i', async (status) => {
    const { url, requests } = await open(() => ({ status }))
    await failureOf(kind.open({ url, retries: 5 }))
    expect(requests).toHaveLength(1)
  })

  it('waits as long as Retry-After says', async () => {
    let opensAt = 0
    const { url, requests } = await open(({ number, body }) => {
      if (number === 1) opensAt = Date.now() + 950
      if (Date.now() < opensAt) return { status: 429, headers: { 'retry-after': '1' } }
      return answerAll(kind, body.input)
    })
    expect(await kind.open({ url, retries: 1 }).embed(['a'])).toHaveLength(1)
    expect(requests).toHaveLength(2)
  })

  it('fails at once when Retry-After asks for more than it will wait', async () => {
    const { url, requests } = await open(() => ({ status: 429, headers: { 'retry-after': '900' } }))
    const error = await failureOf(kind.open({ url, maxRetryAfterMs: 1000 }))
    expect(error).toMatchObject({ code: 'rate-limited', retryAfterMs: 900_000 })
    expect(requests).toHaveLength(1)
  })

  it.each<[string, Handler]>([
    ['does not answer', () => new Promise<Answer>(() => {})],
    ['stops in the middle of its answer', () => ({ stalls: true, body: { data: 'x'.repeat(50) } })],
  ])('times out when the server %s, and does not repeat the request', async (_, handler) => {
    const { url, requests } = await open(handler)
    const error = await failureOf(kind.open({ url, timeoutMs: 60 }))
    expect(error).toMatchObject({ code: 'timeout', retryable: true })
    expect(error.message).toContain('60 ms')
    // None when this machine is too busy to take the request in time.
    expect(requests.length).toBeLessThan(2)
  })

  it('is unavailable when no server is there', async () => {
    const { url, close } = await open(() => ({}))
    await close()
    server = undefined
    const embedder = kind.open({ url, retries: 1 })
    expect(await failureOf(embedder)).toMatchObject({ code: 'unavailable', retryable: true })
    const health = await embedder.health()
    expect(health).toMatchObject({ status: 'unavailable', latencyMs: expect.any(Number) })
    expect(health.detail).toContain(url)
  })

  it('reports in its health what it would fail with', async () => {
    const { url, requests } = await open(() => kind.answer([[1, 2, 3]]))
    const health = await kind.open({ url }).health()
    expect(health.status).toBe('unavailable')
    expect(health.detail).toContain('3 dimensions')
    expect(requests).toHaveLength(1)
  })

  const one = rawVector('a', dimensions)
  it.each<[string, Answer, string]>([
    ['a vector of the wrong size', kind.answer([one.slice(1)]), '31 dimensions, not 32'],
    ['too many vectors', kind.answer([one, one]), '2 vectors for 1 texts'],
    ['no vectors', kind.answer([]), '0 vectors for 1 texts'],
    ['null in a vector', kind.answer([[...one.slice(1), null]]), 'not a finite number'],
    ['text in a vector', kind.answer([[...one.slice(1), '1']]), 'not a finite number'],
    ['a value too large for 32 bits', kind.answer([[...one.slice(1), 1e39]]), 'finite number'],
    ['a vector of zeros', kind.answer([one.map(() => 0)]), 'zeros'],
    ['something that is not a vector', kind.answer([{ a: 1 }]), 'not a vector'],
    ['NaN, as some servers write it', { body: '{"embeddings":[[NaN]]}' }, 'not JSON'],
    ['a page of HTML', { body: `<html>${secretText}</html>` }, 'not JSON'],
    ['JSON of another shape', { body: { error: secretText } }, 'wrong shape'],
    ['null', { body: 'null' }, 'wrong shape'],
  ])('refuses %s', async (_, answer, problem) => {
    const { url, requests } = await open(() => answer)
    const error = await failureOf(kind.open({ url }))
    expect(error).toMatchObject({ code: 'invalid-response', retryable: false })
    expect(error.message).toContain(problem)
    expect(JSON.stringify([error.message, String(error.cause)])).not.toContain(secretText)
    expect(requests).toHaveLength(1)
  })

  it('does not quote what the server says, which may hold texts and keys', async () => {
    const { url } = await open(({ body }) => ({ status: 400, body: { error: body.input } }))
    const error = await failureOf(kind.open({ url: `${url}?key=secret-key` }))
    expect(error.message).toContain(`${url}/`)
    expect(error.message).not.toMatch(/secret/)
  })

  it('rejects with the reason of a signal that is aborted, wherever the call is', async () => {
    const { url, requests } = await open(() => new Promise<Answer>(() => {}))
    const embedder = kind.open({ url, concurrency: 1 })
    const controller = new AbortController()
    const underWay = embedder.embed(['under way'], { signal: controller.signal })
    const waiting = embedder.embed(['waiting'], { signal: controller.signal })
    await until(() => requests.length === 1)
    const reason = new Error('enough')
    controller.abort(reason)
    await expect(underWay).rejects.toBe(reason)
    await expect(waiting).rejects.toBe(reason)
    expect(requests).toHaveLength(1)
  })

  it('stops waiting between retries when its signal is aborted, and is free for other calls', async () => {
    const { url, requests } = await failAtFirst(1, {
      status: 429,
      headers: { 'retry-after': '3000' },
    })
    const embedder = kind.open({ url, concurrency: 1, maxRetryAfterMs: 3_600_000 })
    const controller = new AbortController()
    const embedding = embedder.embed(['a'], { signal: controller.signal })
    await until(() => requests.length === 1)
    // Long enough for the answer to arrive and the waiting to begin.
    await wait(50)
    controller.abort(new Error('enough'))
    await expect(embedding).rejects.toThrow('enough')
    expect(await embedder.embed(['b'])).toHaveLength(1)
  })

  it('sends no more batches once one has failed', async () => {
    const { url, requests } = await open(() => ({ status: 400 }))
    const embedder = kind.open({ url, batchSize: 1, concurrency: 1 })
    await failureOf(embedder, ['a', 'b', 'c', 'd'])
    await wait(50)
    expect(requests).toHaveLength(1)
  })
})
