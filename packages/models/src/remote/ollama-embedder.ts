import { z } from 'zod'
import { ollamaOptions, type OllamaOptions } from '../config/embedder-options.ts'
import { parseOptions } from '../config/parse-options.ts'
import type { Embedder } from '../embedder.ts'
import { endpoint } from './endpoint.ts'
import { readAnswer } from './read-answer.ts'
import { createRemoteEmbedder } from './remote-embedder.ts'

const answerSchema = z.object({ embeddings: z.array(z.unknown()) })

/**
 * An embedder over a running Ollama server (`POST {url}/api/embed`), by default with `nomic-embed-text` and the
 * prefixes it was trained with. The model must have been pulled. Ollama cuts a text that is longer than the model's context.
 */
export const createOllamaEmbedder = (options: OllamaOptions = {}): Embedder => {
  const parsed = parseOptions(ollamaOptions, options)
  const protocol = {
    url: endpoint(parsed.url, '/api/embed'),
    headers: {},
    readVectors: (answer: unknown) => readAnswer(answerSchema, answer).embeddings,
  }
  return createRemoteEmbedder(protocol, parsed)
}
