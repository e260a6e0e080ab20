import { setImmediate } from 'node:timers/promises'
import type { Embedder } from '../embedder.ts'
import { defineEmbeddingSpace } from '../embedding-space.ts'
import { measureHealth } from '../measure-health.ts'
import { parseOptions } from '../config/parse-options.ts'
import { hashingOptions, type HashingOptions } from '../config/embedder-options.ts'
import { hashText } from './hash-text.ts'

/** Texts between two turns of the event loop: a few milliseconds of work. */
const chunkSize = 256

/**
 * An embedder that needs no model, no download and no network: words and character trigrams hashed into a vector.
 *
 * It is lexical. It finds spelling variants, word forms and typing errors, in any script; it knows nothing of
 * meaning, so that `car` and `automobile` are strangers. Text without letters or digits gives a vector of zeros.
 * The same text gives the same vector in every process; the purpose of a text makes no difference.
 */
export const createHashingEmbedder = (options: HashingOptions = {}): Embedder => {
  const { dimensions } = parseOptions(hashingOptions, options)
  const space = defineEmbeddingSpace({
    model: 'hashing',
    // Raise it with every change to the features, their hashes or their weights.
    revision: '1',
    dimensions,
    documentPrefix: '',
    queryPrefix: '',
    normalisation: 'l2',
    kind: 'lexical',
  })
  const embed: Embedder['embed'] = async (texts, { signal } = {}) => {
    const vectors: Float32Array[] = []
    for (const text of texts) {
      if (vectors.length > 0 && vectors.length % chunkSize === 0) await setImmediate()
      signal?.throwIfAborted()
      vectors.push(hashText(text, dimensions))
    }
    return vectors
  }
  return { space, isLocal: true, embed, health: () => measureHealth(() => embed(['health'])) }
}
