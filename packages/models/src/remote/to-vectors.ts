import type { EmbeddingSpace } from '../embedding-space.ts'
import { ModelError } from '../model-error.ts'
import { normalise } from '../normalise.ts'

const refuse = (problem: string) => new ModelError(problem, { code: 'invalid-response' })

const toFloats = (value: unknown, { model, dimensions }: EmbeddingSpace): Float32Array => {
  if (!Array.isArray(value)) throw refuse(`${model} gave something that is not a vector`)
  if (value.length !== dimensions) {
    throw refuse(`${model} gave a vector of ${value.length} dimensions, not ${dimensions}`)
  }
  const vector = new Float32Array(dimensions)
  for (const [i, number] of value.entries()) {
    vector[i] = typeof number === 'number' ? number : Number.NaN
    // Checked after rounding: 1e39 is finite, but not as a 32-bit float.
    if (!Number.isFinite(vector[i]))
      throw refuse(`${model} gave a vector with a value that is not a finite number`)
  }
  return vector
}

const toVector = (value: unknown, space: EmbeddingSpace): Float32Array => {
  const vector = toFloats(value, space)
  if (space.normalisation === 'l2' && !normalise(vector)) {
    throw refuse(`${space.model} gave a vector of zeros for a text`)
  }
  return vector
}

/** The vectors of `count` texts out of a server's answer. Refuses, as `invalid-response`, whatever is not exactly that. */
export const toVectors = (
  values: readonly unknown[],
  count: number,
  space: EmbeddingSpace,
): Float32Array[] => {
  if (values.length !== count) {
    throw refuse(`${space.model} gave ${values.length} vectors for ${count} texts`)
  }
  return values.map((value) => toVector(value, space))
}
