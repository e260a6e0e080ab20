import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import type { OllamaOptions } from '../src/index.ts'
import {
  type EmbeddingServer,
  type Handler,
  openEmbeddingServer,
  rawVector,
  unitVector,
  until,
} from './embedding-server.ts'
import { answerAll, dimensions, serverKinds } from './server-kinds.ts'

const numbered = (count: number) => Array.from({ length: count }, (_, i) => `text ${i}`)

const expectVector = (vector: Float32Array | undefined, text: string) => {
  const expected = unitVector(text, dimensions)
  expect(vector).toHaveLength(dimensions)
  // Dividing before or after rounding to 32 bits differs in the last bit.
  for (const [i, value] of expected.entries()) expect(vector?.[i]).toBeCloseTo(value, 6)
}

describe.each(serverKinds)('an embedder over $name', (kind) => {
  let server: EmbeddingServer
  const answer: Handler = ({ body }) => answerAll(kind, body.input)
  const openEmbedder = async (options: OllamaOptions = {}, handler = answer) => {
    server = await openEmbeddingServer(handler)
    return kind.open({ ...options, url: server.url })
  }
  afterEach(() => server.close())

  it('is remote and semantic', async () => {
    const embedder = await openEmbedder()
    expect(embedder.isLocal).toBe(false)
    expect(embedder.space).toMatchObject({ kind: 'semantic', model: 'test-model', dimensions })
  })

  it('sends texts in batches and gives every text its own vector', async () => {
    const embedder = await openEmbedder({ batchSize: 4 })
    const texts = numbered(10)
    const vectors = await embedder.embed(texts)
    const sizes = server.requests.map(({ body }) => body.input.length)
    expect(sizes.toSorted((a, b) => a - b)).toEqual([2, 4, 4])
    for (const [i, text] of texts.entries()) {
      expectVector(vectors[i], text)
    }
  })

  it('never has more requests under way than it may, over all calls together', async () => {
    let arrived = 0
    const embedder = await openEmbedder({ batchSize: 1, concurrency: 2 }, async (request) => {
      arrived++
      // Answers only when two are there at once, so that an embedder which uses one at a time hangs.
      await until(() => arrived >= 2)
      await wait(5)
      return answer(request)
    })
    const calls = ['a', 'b', 'c'].map((call) =>
      embedder.embed(numbered(4).map((text) => `${call} ${text}`)),
    )
    await Promise.all(calls)
    expect(server.requests).toHaveLength(12)
    expect(server.mostAtOnce()).toBe(2)
  })

  it('sends a text once that is repeated within a call', async () => {
    const embedder = await openEmbedder()
    const [a, b, again] = await embedder.embed(['a', 'b', 'a'])
    expect(server.texts()).toEqual(['a', 'b'])
    expect(again).toEqual(a)
    expect(b).not.toEqual(a)
  })

  it('does not ask again for what it has in its cache', async () => {
    const embedder = await openEmbedder()
    const [first] = await embedder.embed(['a'])
    const [second] = await embedder.embed(['a', 'b'])
    expect(server.texts()).toEqual(['a', 'b'])
    expect(second).toEqual(first)
  })

  it('forgets the texts used longest ago when its cache is full', async () => {
    const embedder = await openEmbedder({ cacheSize: 2 })
    for (const text of ['a', 'b', 'a', 'c', 'a', 'b']) await embedder.embed([text])
    expect(server.texts()).toEqual(['a', 'b', 'c', 'b'])
  })

  it('gives all vectors of a call that is larger than its cache', async () => {
    const embedder = await openEmbedder({ cacheSize: 1, batchSize: 2 })
    const texts = numbered(6)
    const vectors = await embedder.embed(texts)
    expect(server.requests).toHaveLength(3)
    for (const [i, text] of texts.entries()) {
      expectVector(vectors[i], text)
    }
  })

  it('puts the prefix of the purpose before a text, and caches the purposes apart', async () => {
    const embedder = await openEmbedder({ documentPrefix: 'doc: ', queryPrefix: 'ask: ' })
    const [stored] = await embedder.embed(['a'])
    const [asked] = await embedder.embed(['a'], { purpose: 'query' })
    await embedder.embed(['a'], { purpose: 'document' })
    expect(server.texts()).toEqual(['doc: a', 'ask: a'])
    expect(asked).not.toEqual(stored)
  })

  it('does not send blank text', async () => {
    const embedder = await openEmbedder({ documentPrefix: 'doc: ' })
    const [blank, text] = await embedder.embed(['  ', 'a'])
    expect(server.texts()).toEqual(['doc: a'])
    expect(blank).toEqual(new Float32Array(dimensions))
    expectVector(text, 'doc: a')
  })

  it('replaces half of a surrogate pair, which cannot be sent', async () => {
    const embedder = await openEmbedder()
    await embedder.embed(['broken \ud83d emoji', 'whole 👍 emoji'])
    expect(server.texts()).toEqual(['broken \ufffd emoji', 'whole 👍 emoji'])
  })

  it('leaves vectors as they are when they are not to be normalised', async () => {
    const embedder = await openEmbedder({ normalisation: 'none' })
    expect(embedder.space.normalisation).toBe('none')
    expect(await embedder.embed(['a'])).toEqual([Float32Array.from(rawVector('a', dimensions))])
  })

  it('keeps what it got when another part of a call fails', async () => {
    const embedder = await openEmbedder({ batchSize: 1, concurrency: 1 }, (request) =>
      request.body.input.includes('bad') ? { status: 400 } : answer(request),
    )
    await expect(embedder.embed(['good', 'bad'])).rejects.toThrow('400')
    await embedder.embed(['good'])
    expect(server.texts()).toEqual(['good', 'bad'])
  })
})
