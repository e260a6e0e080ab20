import type { HashingOptions, OllamaOptions, OpenAiCompatibleOptions } from './embedder-options.ts'

/** Which embedder to create, with its options; `none` for no vectors at all. */
export type EmbedderConfig =
  | { readonly adapter: 'none' }
  | ({ readonly adapter: 'hashing' } & HashingOptions)
  | ({ readonly adapter: 'ollama' } & OllamaOptions)
  | ({ readonly adapter: 'openai-compatible' } & OpenAiCompatibleOptions)
