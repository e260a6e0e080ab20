import { describe, expect, it } from 'vitest'
import {
  createEmbedder,
  createHashingEmbedder,
  createOllamaEmbedder,
  createOpenAiCompatibleEmbedder,
  type Environment,
  loadEmbedderConfig,
  ModelError,
} from '../src/index.ts'

const load = (env: Environment) => createEmbedder(loadEmbedderConfig(env))

const refusalOf = (act: () => unknown): ModelError => {
  try {
    act()
  } catch (error) {
    if (error instanceof ModelError) return error
  }
  throw new Error('Expected a ModelError')
}

describe('the configuration from the environment', () => {
  it('is the hashing embedder when nothing is set, or set to nothing', () => {
    const { space } = createHashingEmbedder()
    expect(load({})?.space).toEqual(space)
    expect(load({ ATHENA_EMBEDDER: '', ATHENA_EMBEDDING_DIMENSIONS: '' })?.space).toEqual(space)
  })

  it('sets the dimensions of the hashing embedder', () => {
    expect(load({ ATHENA_EMBEDDING_DIMENSIONS: '768' })?.space.dimensions).toBe(768)
  })

  it('may ask for no vectors at all', () => {
    expect(loadEmbedderConfig({ ATHENA_EMBEDDER: 'none' })).toEqual({ adapter: 'none' })
    expect(load({ ATHENA_EMBEDDER: 'none' })).toBeUndefined()
  })

  it('is Ollama with nomic-embed-text when only Ollama is asked for', () => {
    expect(load({ ATHENA_EMBEDDER: 'ollama' })?.space).toEqual(createOllamaEmbedder().space)
    expect(loadEmbedderConfig({ ATHENA_EMBEDDER: 'ollama' })).toMatchObject({
      url: 'http://localhost:11434',
      model: 'nomic-embed-text',
      dimensions: 768,
    })
  })

  it('reads every option of a remote embedder', () => {
    const config = loadEmbedderConfig({
      ATHENA_EMBEDDER: 'openai-compatible',
      ATHENA_EMBEDDING_URL: 'https://models.example/v1',
      ATHENA_EMBEDDING_MODEL: 'mine',
      ATHENA_EMBEDDING_REVISION: '2026-01',
      ATHENA_EMBEDDING_DIMENSIONS: '512',
      ATHENA_EMBEDDING_SEND_DIMENSIONS: 'true',
      ATHENA_EMBEDDING_API_KEY: 'key',
      ATHENA_EMBEDDING_DOCUMENT_PREFIX: 'passage: ',
      ATHENA_EMBEDDING_QUERY_PREFIX: 'query: ',
      ATHENA_EMBEDDING_TIMEOUT_MS: '1000',
      ATHENA_EMBEDDING_BATCH_SIZE: '8',
      ATHENA_EMBEDDING_CONCURRENCY: '2',
    })
    expect(config).toMatchObject({
      adapter: 'openai-compatible',
      url: 'https://models.example/v1',
      model: 'mine',
      revision: '2026-01',
      dimensions: 512,
      sendDimensions: true,
      apiKey: 'key',
      documentPrefix: 'passage: ',
      queryPrefix: 'query: ',
      timeoutMs: 1000,
      batchSize: 8,
      concurrency: 2,
    })
    expect(createEmbedder(config)?.space).toMatchObject({ model: 'mine', revision: '2026-01' })
  })

  const openAi = { ATHENA_EMBEDDER: 'openai-compatible' }
  it.each<[string, Environment, string]>([
    ['its own variable', { ATHENA_EMBEDDING_API_KEY: 'a', OPENAI_API_KEY: 'b' }, 'a'],
    ['OPENAI_API_KEY otherwise', { OPENAI_API_KEY: 'b' }, 'b'],
    [
      'the variable that is named',
      { ATHENA_EMBEDDING_API_KEY_VARIABLE: 'MY_KEY', MY_KEY: 'c', OPENAI_API_KEY: 'b' },
      'c',
    ],
  ])('takes the key from %s', (_, env, apiKey) => {
    expect(loadEmbedderConfig({ ...openAi, ...env })).toMatchObject({ apiKey })
  })

  it.each<[string, Environment]>([
    ['ATHENA_EMBEDDER', { ATHENA_EMBEDDER: 'word2vec' }],
    ['ATHENA_EMBEDDING_DIMENSIONS', { ATHENA_EMBEDDING_DIMENSIONS: 'many' }],
    ['ATHENA_EMBEDDING_DIMENSIONS', { ATHENA_EMBEDDING_DIMENSIONS: '3' }],
    ['ATHENA_EMBEDDING_DIMENSIONS', { ATHENA_EMBEDDING_DIMENSIONS: '384.5' }],
    [
      'ATHENA_EMBEDDING_DIMENSIONS',
      { ATHENA_EMBEDDER: 'ollama', ATHENA_EMBEDDING_MODEL: 'not-known' },
    ],
    ['ATHENA_EMBEDDING_URL', { ATHENA_EMBEDDER: 'ollama', ATHENA_EMBEDDING_URL: 'localhost:1' }],
    ['ATHENA_EMBEDDING_URL', { ...openAi, ATHENA_EMBEDDING_URL: 'http://me:secret@localhost' }],
    ['ATHENA_EMBEDDING_TIMEOUT_MS', { ...openAi, ATHENA_EMBEDDING_TIMEOUT_MS: '0' }],
    ['ATHENA_EMBEDDING_BATCH_SIZE', { ...openAi, ATHENA_EMBEDDING_BATCH_SIZE: '-1' }],
    ['ATHENA_EMBEDDING_CONCURRENCY', { ...openAi, ATHENA_EMBEDDING_CONCURRENCY: 'all' }],
    ['ATHENA_EMBEDDING_SEND_DIMENSIONS', { ...openAi, ATHENA_EMBEDDING_SEND_DIMENSIONS: 'yes' }],
    ['ATHENA_EMBEDDING_API_KEY', openAi],
    ['ATHENA_EMBEDDING_API_KEY', { ...openAi, ATHENA_EMBEDDING_API_KEY: 'secret\n' }],
    [
      'ATHENA_EMBEDDING_API_KEY_VARIABLE',
      { ...openAi, ATHENA_EMBEDDING_API_KEY_VARIABLE: 'NOT_SET', OPENAI_API_KEY: 'secret' },
    ],
  ])('refuses a wrong value and names %s', (variable, env) => {
    const error = refusalOf(() => loadEmbedderConfig(env))
    expect(error).toMatchObject({ code: 'invalid-config', retryable: false })
    expect(error.message).toMatch(new RegExp(`(^|; )${variable} must `))
    expect(error.message).not.toContain('secret')
  })

  it('names all wrong variables at once', () => {
    const env = {
      ATHENA_EMBEDDER: 'ollama',
      ATHENA_EMBEDDING_URL: 'x',
      ATHENA_EMBEDDING_BATCH_SIZE: '0',
    }
    const { message } = refusalOf(() => loadEmbedderConfig(env))
    expect(message).toContain('ATHENA_EMBEDDING_URL must ')
    expect(message).toContain('ATHENA_EMBEDDING_BATCH_SIZE must ')
  })
})

describe('the options of an embedder', () => {
  it('are refused by name when they are wrong', () => {
    const error = refusalOf(() => createHashingEmbedder({ dimensions: 1.5 }))
    expect(error.code).toBe('invalid-config')
    expect(error.message).toBe('dimensions must be a whole number from 16 to 16000')
  })

  it('are refused when there is no such option', () => {
    const misspelt = { adapter: 'hashing', dimension: 384 } as const
    expect(refusalOf(() => createEmbedder(misspelt)).message).toBe('dimension: no such option')
  })

  it('override what is known of a model', () => {
    const { space } = createOllamaEmbedder({ documentPrefix: '', queryPrefix: 'ask: ' })
    expect(space).toMatchObject({ documentPrefix: '', queryPrefix: 'ask: ', dimensions: 768 })
    expect(space.id).not.toBe(createOllamaEmbedder().space.id)
  })

  it.each(['nomic-embed-text:v1.5', 'nomic-ai/nomic-embed-text-v1.5', 'Nomic-Embed-Text'])(
    'know the prefixes of %s',
    (model) => {
      const { space } = createOpenAiCompatibleEmbedder({ url: 'http://localhost:8080', model })
      expect(space).toMatchObject({ dimensions: 768, documentPrefix: 'search_document: ' })
    },
  )

  it('keep the spaces of two kinds of servers apart, unless both have the same revision', () => {
    const model = 'nomic-embed-text'
    const spaces = (revision?: string) => [
      createOllamaEmbedder({ model, revision }).space.id,
      createOpenAiCompatibleEmbedder({ url: 'http://localhost:8080', model, revision }).space.id,
    ]
    expect(new Set(spaces()).size).toBe(2)
    expect(new Set(spaces('v1.5')).size).toBe(1)
  })
})
