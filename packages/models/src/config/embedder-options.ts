import { z } from 'zod'
import { fillFromModel } from './fill-from-model.ts'

const wholeNumber = (min: number, max: number) => {
  const message = `must be a whole number from ${min} to ${max}`
  return z.int(message).min(min, message).max(max, message)
}

const text = z.string('must be text')

const isServerUrl = (value: string): boolean => {
  if (!URL.canParse(value)) return false
  const { protocol, username, password } = new URL(value)
  return (protocol === 'http:' || protocol === 'https:') && username === '' && password === ''
}
const serverUrl = text.refine(isServerUrl, 'must be an http(s) URL without user name and password')

// Anything else cannot be sent in a header; a line break from a key file is the usual culprit.
const apiKey = text.regex(/^[\x21-\x7e]+$/, 'must be printable ASCII characters without spaces')

const dimensions = wholeNumber(16, 16_000)

const name = text.min(1, 'must not be empty')

const remoteFields = {
  /** Length of the vectors. Needed only for models that this package does not know. */
  dimensions: dimensions.optional(),
  /** Ask the server for vectors of this length. Default: only for known models that can be cut short. */
  sendDimensions: z.boolean('must be true or false').optional(),
  /** Put in front of stored texts. Default: what the model was trained with, else nothing. */
  documentPrefix: text.optional(),
  /** Put in front of queries. Default: what the model was trained with, else nothing. */
  queryPrefix: text.optional(),
  /** `l2` (default) scales every vector to length 1. */
  normalisation: z.enum(['l2', 'none'], "must be 'l2' or 'none'").default('l2'),
  /** How long one request may take. */
  timeoutMs: wholeNumber(1, 3_600_000).default(30_000),
  /** Texts in one request. */
  batchSize: wholeNumber(1, 2048).default(64),
  /** Requests under way at once, over all calls of one embedder. */
  concurrency: wholeNumber(1, 64).default(4),
  /** How often a request is repeated after 429, 408, 5xx or a lost connection. */
  retries: wholeNumber(0, 10).default(3),
  /** Wait before the first repetition; it doubles every time, with jitter. */
  retryDelayMs: wholeNumber(0, 60_000).default(250),
  /** The longest `Retry-After` that is waited for; when the server asks for more, the call fails at once. */
  maxRetryAfterMs: wholeNumber(0, 3_600_000).default(60_000),
  /** Vectors kept in memory. */
  cacheSize: wholeNumber(1, 1_000_000).default(2048),
}

/** Options of the hashing embedder. */
export const hashingOptions = z.strictObject({
  /** Length of the vectors. More means fewer collisions. */
  dimensions: dimensions.default(384),
})

/** Options of the Ollama embedder. */
export const ollamaOptions = z
  .strictObject({
    ...remoteFields,
    /** Of the server, without `/api/embed`. */
    url: serverUrl.default('http://localhost:11434'),
    model: name.default('nomic-embed-text'),
    /** Change it when the server gets other weights under the same model name. */
    revision: name.default('ollama'),
  })
  .transform(fillFromModel)

const openAiOrigin = 'https://api.openai.com/'

/** Options of the OpenAI-compatible embedder. */
export const openAiCompatibleOptions = z
  .strictObject({
    ...remoteFields,
    /** Of the API, without `/embeddings`. A query string is kept. */
    url: serverUrl.default(`${openAiOrigin}v1`),
    model: name.default('text-embedding-3-small'),
    /** Change it when the server gets other weights under the same model name. */
    revision: name.default('openai-compatible'),
    /** Sent as a bearer token. Needed for api.openai.com only. */
    apiKey: apiKey.optional(),
  })
  .refine(({ url, apiKey: key }) => !url.startsWith(openAiOrigin) || key !== undefined, {
    path: ['apiKey'],
    message: `must be set for ${openAiOrigin}`,
  })
  .transform(fillFromModel)

/** What {@link createHashingEmbedder} takes. */
export type HashingOptions = z.input<typeof hashingOptions>
/** What {@link createOllamaEmbedder} takes. */
export type OllamaOptions = z.input<typeof ollamaOptions>
/** What {@link createOpenAiCompatibleEmbedder} takes. */
export type OpenAiCompatibleOptions = z.input<typeof openAiCompatibleOptions>
/** The options that both remote adapters share, with defaults filled in. */
export type RemoteOptions = z.output<typeof ollamaOptions>
