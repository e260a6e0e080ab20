import { hash } from 'node:crypto'
import { LRUCache } from 'lru-cache'

/** Vectors of one space, by the text that they were made from. */
export interface VectorCache {
  get(input: string): Float32Array | undefined
  set(input: string, vector: Float32Array): void
}

/**
 * Keeps the last used `size` vectors. Texts themselves are not kept: the key is the SHA-256 of the text with its
 * prefix, so that one text embedded for two purposes is two entries where the model tells the purposes apart.
 */
export const createVectorCache = (size: number): VectorCache => {
  const entries = new LRUCache<string, Float32Array>({ max: size })
  const keyOf = (input: string) => hash('sha256', input, 'base64')
  return {
    get: (input) => entries.get(keyOf(input)),
    set: (input, vector) => {
      entries.set(keyOf(input), vector)
    },
  }
}
