import { describe, expect, it } from 'vitest'
import {
  crossValidate,
  FOREST,
  growForest,
  isForestJson,
  openForest,
  type Sample,
  toStoredForest,
} from '../src/router/forest.ts'
import { FEATURE_NAMES } from '../src/router/features.ts'

const layers = ['semantic', 'episodic', 'prospective'] as const
const options = { ...FOREST, trees: 20 }

/** Routes that show by one feature each, with others that mean nothing. */
const samples: Sample[] = Array.from({ length: 45 }, (_, index) => {
  const layer = layers[index % layers.length] ?? 'semantic'
  const vector = FEATURE_NAMES.map((name) => {
    if (name === 'hasTemporalMarker') return Number(layer === 'episodic')
    if (name === 'hasFutureMarker') return Number(layer === 'prospective')
    return name === 'contentLength' ? (index * 37) % 101 : 0.5
  })
  return { vector, layer }
})

const vectors = samples.map(({ vector }) => vector)

describe('a forest', () => {
  it('learns what tells layers apart', async () => {
    const forest = openForest(await growForest(samples, layers, options), layers)
    for (const { vector, layer } of samples) {
      const [best, ...others] = forest.rank(vector)
      expect(best?.layer).toBe(layer)
      const sum = others.reduce((total, { score }) => total + score, best?.score ?? 0)
      expect(sum).toBeCloseTo(1)
    }
    expect(await crossValidate(samples, layers, options)).toBeGreaterThan(0.9)
  })

  it('is the same for the same routes and seed, and another for another', async () => {
    const text = async (seed: number) =>
      JSON.stringify(await growForest(samples, layers, { ...options, seed }))
    expect(await text(7)).toBe(await text(7))
    expect(await text(8)).not.toBe(await text(7))
  })

  it('answers the same after it was stored, in a fraction of the space', async () => {
    const grown = await growForest(samples, layers, options)
    const text = JSON.stringify(toStoredForest(grown))
    expect(text.length).toBeLessThan(JSON.stringify(grown).length * 0.7)
    const stored: unknown = JSON.parse(text)
    if (!isForestJson(stored)) throw new Error('it is no forest any more')
    const [before, after] = [openForest(grown, layers), openForest(stored, layers)]
    expect(vectors.map(after.rank)).toEqual(vectors.map(before.rank))
  })

  it('is no better than chance where there is nothing to learn', async () => {
    const same = samples.map(({ layer }) => ({ vector: FEATURE_NAMES.map(() => 0), layer }))
    expect(await crossValidate(same, layers, options)).toBeLessThan(0.5)
  })
})
