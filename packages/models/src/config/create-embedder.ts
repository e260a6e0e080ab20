import type { Embedder } from '../embedder.ts'
import { createHashingEmbedder } from '../hashing/hashing-embedder.ts'
import { createOllamaEmbedder } from '../remote/ollama-embedder.ts'
import { createOpenAiCompatibleEmbedder } from '../remote/openai-compatible-embedder.ts'
import type { EmbedderConfig } from './embedder-config.ts'

/**
 * The embedder that the configuration asks for; undefined for `none`. It connects to nothing: whether a server is
 * there is told by `health()` or by the first `embed`. A wrong option is an `invalid-config` error.
 */
export const createEmbedder = (config: EmbedderConfig): Embedder | undefined => {
  if (config.adapter === 'none') return undefined
  if (config.adapter === 'hashing') {
    const { adapter: _, ...options } = config
    return createHashingEmbedder(options)
  }
  if (config.adapter === 'ollama') {
    const { adapter: _, ...options } = config
    return createOllamaEmbedder(options)
  }
  const { adapter: _, ...options } = config
  return createOpenAiCompatibleEmbedder(options)
}
