import { createRandom, type Random, randomBelow, randomNormal } from './random.ts'
import { toUnit } from './to-unit.ts'

/** Topics that vectors gather around. */
const TOPICS = 20

/** Directions in which the texts of a topic differ; embeddings of text have about that many. */
const INNER_DIMENSIONS = 24

/** What topic, difference within it, and noise contribute to a vector's length. */
const SHARES = { topic: 0.8, inner: 0.5, noise: 0.25 }

/** How much of the inner difference of a text its questions keep. */
const FAITHFULNESS = 0.9

/** Vectors of length 1 for texts and for questions about them, each the same for its number. */
export interface ClusteredVectors {
  text(number: number): Float32Array
  /** A vector near to that of a text, and `round` makes it another one. */
  question(number: number, round: number): Float32Array
}

/**
 * Vectors that gather in clusters and differ in few directions, as those of texts do. Without such an
 * order all are equally far from each other, and the nearest mean nothing.
 */
export const createClusteredVectors = (dimensions: number, seed: number): ClusteredVectors => {
  const random = createRandom(seed, dimensions)
  const topics = Array.from({ length: TOPICS }, () => direction(random, dimensions))
  const axes = Array.from({ length: INNER_DIMENSIONS }, () => direction(random, dimensions))
  const place = (number: number) => {
    const own = createRandom(seed, dimensions, number)
    const topic = topics[randomBelow(own, TOPICS)] ?? new Float32Array(dimensions)
    return { topic, inner: direction(own, INNER_DIMENSIONS), own }
  }
  const compose = (topic: Float32Array, inner: Float32Array, noise: Random) => {
    const vector = topic.map((value) => value * SHARES.topic)
    axes.forEach((axis, at) => add(vector, axis, SHARES.inner * (inner[at] ?? 0)))
    // Evenly distributed numbers from -1 to 1 have a mean square of 1/3.
    const scale = SHARES.noise * Math.sqrt(3 / dimensions)
    return toUnit(vector.map((value) => value + scale * (2 * noise() - 1)))
  }
  return {
    text(number) {
      const { topic, inner, own } = place(number)
      return compose(topic, inner, own)
    },
    question(number, round) {
      const { topic, inner } = place(number)
      const noise = createRandom(seed, dimensions, number, round)
      const other = direction(noise, INNER_DIMENSIONS)
      const asked = inner.map((value) => value * FAITHFULNESS)
      add(asked, other, Math.sqrt(1 - FAITHFULNESS ** 2))
      return compose(topic, asked, noise)
    },
  }
}

const direction = (random: Random, dimensions: number): Float32Array =>
  toUnit(Float32Array.from({ length: dimensions }, () => randomNormal(random)))

const add = (vector: Float32Array, other: Float32Array, factor: number): void => {
  for (let at = 0; at < vector.length; at++)
    vector[at] = (vector[at] ?? 0) + factor * (other[at] ?? 0)
}
