import pLimit from 'p-limit'
import type { RemoteOptions } from '../config/embedder-options.ts'
import type { Embedder } from '../embedder.ts'
import { defineEmbeddingSpace, type EmbeddingSpace } from '../embedding-space.ts'
import { measureHealth } from '../measure-health.ts'
import { ModelError } from '../model-error.ts'
import { requestVectors, type EmbeddingProtocol } from './request-vectors.ts'
import { createRetryPolicy } from './retry-policy.ts'
import { createVectorCache, type VectorCache } from './vector-cache.ts'
import { withDeadline } from './with-deadline.ts'
import { withRetries } from './with-retries.ts'

type Vectors = Map<string, Float32Array>

const spaceOf = (options: RemoteOptions): EmbeddingSpace =>
  defineEmbeddingSpace({
    model: options.model,
    revision: options.revision,
    dimensions: options.dimensions,
    documentPrefix: options.documentPrefix,
    queryPrefix: options.queryPrefix,
    normalisation: options.normalisation,
    kind: 'semantic',
  })

const blank = ''

// A lone surrogate cannot be sent as UTF-8, and some servers refuse the whole request for it.
const toInput = (text: string, prefix: string) =>
  text.trim() === '' ? blank : prefix + text.replace(/\p{Surrogate}/gu, '\u{fffd}')

const inBatches = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  )

const recall = (inputs: Iterable<string>, cache: VectorCache): Vectors => {
  const known: Vectors = new Map()
  for (const input of inputs) {
    const vector = cache.get(input)
    if (vector) known.set(input, vector)
  }
  return known
}

// A copy, because a caller may write into its vectors and the cache must not notice.
const copyOf = (vectors: Vectors, input: string): Float32Array => {
  const vector = vectors.get(input)
  if (vector) return vector.slice()
  throw new ModelError('A text was left without a vector', { code: 'invalid-response' })
}

/**
 * An embedder over HTTP: blank and repeated texts are not sent, what is cached is not asked again, the rest goes in
 * batches, a bounded number of them at once. Batches that succeed are cached even when another fails.
 */
export const createRemoteEmbedder = (
  protocol: EmbeddingProtocol,
  options: RemoteOptions,
): Embedder => {
  const space = spaceOf(options)
  const server = { protocol, space, options }
  const cache = createVectorCache(options.cacheSize)
  const limit = pLimit(options.concurrency)
  const retryPolicy = createRetryPolicy(options)

  const learn = async (inputs: readonly string[], known: Vectors, signal: AbortSignal) => {
    const request = () => requestVectors(server, inputs, signal)
    const vectors = await retryPolicy.note(withRetries(request, retryPolicy.current(), signal))
    for (const [i, input] of inputs.entries()) {
      const vector = vectors[i]
      if (!vector) continue
      known.set(input, vector)
      cache.set(input, vector)
    }
  }

  const embed: Embedder['embed'] = async (texts, { purpose = 'document', signal } = {}) => {
    const prefix = purpose === 'query' ? space.queryPrefix : space.documentPrefix
    const inputs = texts.map((text) => toInput(text, prefix))
    const distinct = new Set(inputs)
    const known = recall(distinct, cache).set(blank, new Float32Array(space.dimensions))
    const batches = inBatches(
      [...distinct].filter((input) => !known.has(input)),
      options.batchSize,
    )
    await withDeadline({ signal }, (ended) =>
      limit.map(batches, (batch) => learn(batch, known, ended)),
    )
    return inputs.map((input) => copyOf(known, input))
  }

  const probe = () => requestVectors(server, [`${space.queryPrefix}health`])
  return { space, isLocal: false, embed, health: () => measureHealth(probe) }
}
