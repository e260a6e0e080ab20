import { ModelError } from '../model-error.ts'
import type { EmbedderConfig } from './embedder-config.ts'
import { hashingOptions, ollamaOptions, openAiCompatibleOptions } from './embedder-options.ts'
import { parseOptions } from './parse-options.ts'

/** Environment variables, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>

const adapterVariable = 'ATHENA_EMBEDDER'
const keyVariable = 'ATHENA_EMBEDDING_API_KEY'
const keyNameVariable = 'ATHENA_EMBEDDING_API_KEY_VARIABLE'

const remoteTexts = {
  url: 'ATHENA_EMBEDDING_URL',
  model: 'ATHENA_EMBEDDING_MODEL',
  revision: 'ATHENA_EMBEDDING_REVISION',
  documentPrefix: 'ATHENA_EMBEDDING_DOCUMENT_PREFIX',
  queryPrefix: 'ATHENA_EMBEDDING_QUERY_PREFIX',
}
const hashingNumbers = { dimensions: 'ATHENA_EMBEDDING_DIMENSIONS' }
const remoteNumbers = {
  ...hashingNumbers,
  timeoutMs: 'ATHENA_EMBEDDING_TIMEOUT_MS',
  batchSize: 'ATHENA_EMBEDDING_BATCH_SIZE',
  concurrency: 'ATHENA_EMBEDDING_CONCURRENCY',
}
const variables: Readonly<Record<string, string>> = {
  ...remoteTexts,
  ...remoteNumbers,
  sendDimensions: 'ATHENA_EMBEDDING_SEND_DIMENSIONS',
  apiKey: keyVariable,
}
const variableOf = (field: string) => variables[field] ?? field

// A variable that is set but empty counts as not set: compose files pass them so.
const read = (env: Environment, variable: string) => env[variable] || undefined

type Fields = Readonly<Record<string, string>>

const readTexts = (env: Environment, fields: Fields) =>
  Object.fromEntries(
    Object.entries(fields).map(([field, variable]) => [field, read(env, variable)]),
  )

const readNumbers = (env: Environment, fields: Fields) => {
  const toNumber = (value: string | undefined) => (value === undefined ? undefined : Number(value))
  const texts = Object.entries(readTexts(env, fields))
  return Object.fromEntries(texts.map(([field, value]) => [field, toNumber(value)]))
}

// Any other text stays as it is and is refused by the schema.
const readBoolean = (env: Environment, variable: string) => {
  const value = read(env, variable)
  return value === 'true' || value === 'false' ? value === 'true' : value
}

const readRemote = (env: Environment) => ({
  ...readTexts(env, remoteTexts),
  ...readNumbers(env, remoteNumbers),
  sendDimensions: readBoolean(env, 'ATHENA_EMBEDDING_SEND_DIMENSIONS'),
})

const refuse = (problem: string) => new ModelError(problem, { code: 'invalid-config' })

const readApiKey = (env: Environment): string | undefined => {
  const name = read(env, keyNameVariable)
  if (name === undefined) return read(env, keyVariable) ?? read(env, 'OPENAI_API_KEY')
  const key = read(env, name)
  if (key === undefined) throw refuse(`${keyNameVariable} must name a variable that is set`)
  return key
}

/**
 * The embedder that the environment asks for: `ATHENA_EMBEDDER` is `hashing` (default), `ollama`, `openai-compatible`
 * or `none`, and `ATHENA_EMBEDDING_*` are its options. Variables that the chosen embedder has no use for are ignored.
 * A wrong value is an `invalid-config` error that names the variable.
 */
export const loadEmbedderConfig = (env: Environment = process.env): EmbedderConfig => {
  const adapter = read(env, adapterVariable) ?? 'hashing'
  switch (adapter) {
    case 'none':
      return { adapter }
    case 'hashing':
      return {
        adapter,
        ...parseOptions(hashingOptions, readNumbers(env, hashingNumbers), variableOf),
      }
    case 'ollama':
      return { adapter, ...parseOptions(ollamaOptions, readRemote(env), variableOf) }
    case 'openai-compatible': {
      const options = { ...readRemote(env), apiKey: readApiKey(env) }
      return { adapter, ...parseOptions(openAiCompatibleOptions, options, variableOf) }
    }
    default:
      throw refuse(`${adapterVariable} must be hashing, ollama, openai-compatible or none`)
  }
}
