import { afterEach, describe, expect, it } from 'vitest'
import { createOllamaEmbedder, createOpenAiCompatibleEmbedder } from '../src/index.ts'
import {
  type Answer,
  type EmbeddingServer,
  openEmbeddingServer,
  rawVector,
} from './embedding-server.ts'
import { ollama, openAiCompatible } from './server-kinds.ts'

let server: EmbeddingServer
const open = async (answer: (texts: readonly string[]) => Answer) => {
  server = await openEmbeddingServer(({ body }) => answer(body.input))
  return server
}
const vectorsOf = (texts: readonly string[], size: number) => texts.map((t) => rawVector(t, size))
afterEach(() => server.close())

describe('the Ollama embedder', () => {
  const openOllama = (size: number) => open((texts) => ollama.answer(vectorsOf(texts, size)))

  it('asks for nomic-embed-text with its prefixes by default', async () => {
    const { url, requests } = await openOllama(768)
    const embedder = createOllamaEmbedder({ url })
    await embedder.embed(['a'])
    await embedder.embed(['b'], { purpose: 'query' })
    expect(embedder.space).toMatchObject({ model: 'nomic-embed-text', dimensions: 768 })
    expect(requests.map(({ path, body }) => ({ path, body }))).toEqual([
      { path: '/api/embed', body: { model: 'nomic-embed-text', input: ['search_document: a'] } },
      { path: '/api/embed', body: { model: 'nomic-embed-text', input: ['search_query: b'] } },
    ])
  })

  it('sends no key', async () => {
    const { url, requests } = await openOllama(768)
    await createOllamaEmbedder({ url }).embed(['a'])
    expect(requests[0]?.headers).not.toHaveProperty('authorization')
  })

  it('asks for short vectors of a model that can give them', async () => {
    const { url, requests } = await openOllama(256)
    await createOllamaEmbedder({ url, model: 'embeddinggemma:300m', dimensions: 256 }).embed(['a'])
    expect(requests[0]?.body.dimensions).toBe(256)
  })
})

describe('the OpenAI-compatible embedder', () => {
  const openServer = (size: number) =>
    open((texts) => openAiCompatible.answer(vectorsOf(texts, size)))

  it('asks below the base URL, whose path and query string it keeps', async () => {
    const { url, requests } = await openServer(1536)
    await createOpenAiCompatibleEmbedder({ url: `${url}/v1/?version=2` }).embed(['a'])
    expect(requests[0]?.path).toBe('/v1/embeddings?version=2')
    expect(requests[0]?.body).toEqual({ model: 'text-embedding-3-small', input: ['a'] })
  })

  it('sends the key as a bearer token, and none when it has none', async () => {
    const { url, requests } = await openServer(1536)
    await createOpenAiCompatibleEmbedder({ url, apiKey: 'sk-1' }).embed(['a'])
    await createOpenAiCompatibleEmbedder({ url }).embed(['a'])
    expect(requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer sk-1', undefined])
  })

  it('does not name the key when it is refused', async () => {
    const { url } = await open(() => ({ status: 401, body: { error: 'wrong key sk-1' } }))
    const health = await createOpenAiCompatibleEmbedder({ url, apiKey: 'sk-1' }).health()
    expect(health.detail).toMatch(/^unauthorized: .*401: check the API key$/)
  })

  it.each([
    ['a known model that can be cut short', { dimensions: 512 }, 512],
    ['a known model at its own length', { dimensions: 1536 }, undefined],
    ['a model that is not known', { model: 'mine', dimensions: 512 }, undefined],
    ['any model when told to', { model: 'mine', dimensions: 512, sendDimensions: true }, 512],
  ])('asks for a length, or does not: %s', async (_, options, sent) => {
    const { url, requests } = await openServer(options.dimensions)
    await createOpenAiCompatibleEmbedder({ url, ...options }).embed(['a'])
    expect(requests[0]?.body.dimensions).toBe(sent)
  })

  const options = { model: 'mine', dimensions: 16, normalisation: 'none' } as const
  const entry = (index: number, text: string) => ({ index, embedding: rawVector(text, 16) })

  it('puts vectors in the order of their indexes', async () => {
    const { url } = await open(([a = '', b = '']) => ({
      body: { data: [entry(1, b), entry(0, a)] },
    }))
    const vectors = await createOpenAiCompatibleEmbedder({ url, ...options }).embed(['a', 'b'])
    expect(vectors).toEqual(vectorsOf(['a', 'b'], 16).map((vector) => Float32Array.from(vector)))
  })

  it.each([
    ['repeated', [0, 0]],
    ['out of range', [0, 2]],
    ['negative', [0, -1]],
  ])('refuses indexes that are %s', async (_, indexes) => {
    const { url } = await open(() => ({ body: { data: indexes.map((i) => entry(i, 'a')) } }))
    const embedding = createOpenAiCompatibleEmbedder({ url, ...options }).embed(['a', 'b'])
    await expect(embedding).rejects.toMatchObject({ code: 'invalid-response' })
  })
})
