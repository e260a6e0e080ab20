import { normalise } from '../normalise.ts'
import { textFeatures } from './text-features.ts'

/** A trigram counts less than a whole word: a word of n letters has n of them. */
const trigramWeight = 0.5

/** Logarithmic term frequency: the tenth occurrence says less than the first. */
const featureWeight = (feature: number, occurrences: number) =>
  ((feature & 1) === 1 ? 1 : trigramWeight) * (1 + Math.log(occurrences))

const endOfEqual = (sorted: Uint32Array, start: number): number => {
  let end = start + 1
  while (end < sorted.length && sorted[end] === sorted[start]) end++
  return end
}

const project = (features: Uint32Array, vector: Float32Array, isSigned: boolean) => {
  for (let start = 0, end = 0; start < features.length; start = end) {
    end = endOfEqual(features, start)
    const feature = features[start] ?? 0
    const bucket = (feature >>> 2) % vector.length
    const sign = isSigned && (feature & 2) === 2 ? -1 : 1
    vector[bucket] = (vector[bucket] ?? 0) + sign * featureWeight(feature, end - start)
  }
}

/**
 * The vector of a text by signed feature hashing (Weinberger et al., 2009, "Feature Hashing for Large Scale
 * Multitask Learning"): a feature adds its weight, with a sign taken from its hash, to one of the buckets, so
 * that collisions cancel on average instead of adding up. L2-normalised; zeros for text without letters or digits.
 */
export const hashText = (text: string, dimensions: number): Float32Array => {
  const vector = new Float32Array(dimensions)
  const features = textFeatures(text)
  project(features, vector, true)
  // The few features of a very short text may cancel exactly; without signs they cannot.
  if (!normalise(vector)) {
    project(features, vector, false)
    normalise(vector)
  }
  return vector
}
