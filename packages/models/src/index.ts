export { createEmbedder } from './config/create-embedder.ts'
export type { EmbedderConfig } from './config/embedder-config.ts'
export type {
  HashingOptions,
  OllamaOptions,
  OpenAiCompatibleOptions,
} from './config/embedder-options.ts'
export { loadEmbedderConfig, type Environment } from './config/load-embedder-config.ts'
export type { Embedder, EmbedderHealth, EmbedOptions, EmbedPurpose } from './embedder.ts'
export { defineEmbeddingSpace, type EmbeddingSpace } from './embedding-space.ts'
export { createHashingEmbedder } from './hashing/hashing-embedder.ts'
export { ModelError, type ModelErrorCode } from './model-error.ts'
export { createOllamaEmbedder } from './remote/ollama-embedder.ts'
export { createOpenAiCompatibleEmbedder } from './remote/openai-compatible-embedder.ts'
