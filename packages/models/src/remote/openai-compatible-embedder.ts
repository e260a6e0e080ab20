import { z } from 'zod'
import {
  openAiCompatibleOptions,
  type OpenAiCompatibleOptions,
} from '../config/embedder-options.ts'
import { parseOptions } from '../config/parse-options.ts'
import type { Embedder } from '../embedder.ts'
import { endpoint } from './endpoint.ts'
import { readAnswer } from './read-answer.ts'
import { createRemoteEmbedder } from './remote-embedder.ts'

const answerSchema = z.object({
  data: z.array(z.object({ index: z.int().nonnegative(), embedding: z.unknown() })),
})

// Servers may answer out of order. An index that is missing leaves a hole, which is refused as not being a vector.
const readVectors = (answer: unknown): readonly unknown[] => {
  const { data } = readAnswer(answerSchema, answer)
  const byIndex = new Map(data.map(({ index, embedding }) => [index, embedding]))
  return data.map((_, i) => byIndex.get(i))
}

/**
 * An embedder over any server with OpenAI's embeddings API (`POST {url}/embeddings`): OpenAI itself by default,
 * and vLLM, llama.cpp, LM Studio, text-embeddings-inference and many services. The key is sent as a bearer token to `url` only.
 */
export const createOpenAiCompatibleEmbedder = (options: OpenAiCompatibleOptions = {}): Embedder => {
  const parsed = parseOptions(openAiCompatibleOptions, options)
  const { apiKey } = parsed
  const protocol = {
    url: endpoint(parsed.url, '/embeddings'),
    headers: apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` },
    readVectors,
  }
  return createRemoteEmbedder(protocol, parsed)
}
