import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mean } from '../src/metrics/mean.ts'
import { exactNearest } from '../src/world/exact-nearest.ts'
import { createLookupEmbedder } from '../src/world/lookup-embedder.ts'
import { createRandom } from '../src/world/random.ts'
import { createWorld } from '../src/world/world.ts'
import { createZipf } from '../src/world/zipf.ts'

const world = createWorld(64)
const memories = Array.from({ length: 1000 }, (_, number) => world.memory(number))
const lengthOf = (vector: Float32Array) => Math.hypot(...vector)

describe('the made-up world', () => {
  it('is the same in every run', () => {
    const again = createWorld(64)
    expect(again.memory(17)).toEqual(world.memory(17))
    expect(again.questions(3, 1000)).toEqual(world.questions(3, 1000))
  })

  it('holds different texts, 60 % of them in the large project', () => {
    expect(new Set(memories.map(({ content }) => content)).size).toBe(1000)
    expect(memories.filter(({ isInLargeProject }) => isInLargeProject)).toHaveLength(600)
  })

  it('keeps a conversation within one project, its turns in order', () => {
    for (const [number, { context, isInLargeProject }] of memories.entries()) {
      if (context.position === 0) continue
      const before = memories[number - 1]
      expect(before?.context.groupId).toBe(context.groupId)
      expect(before?.context.position).toBe(context.position - 1)
      expect(before?.isInLargeProject).toBe(isInLargeProject)
    }
  })

  it('has vectors of length 1', () => {
    for (const { vector } of memories.slice(0, 50)) expect(lengthOf(vector)).toBeCloseTo(1, 5)
  })

  it('has memories of the large project near to each question, and alike enough to be answers', () => {
    const keyed = memories
      .filter(({ isInLargeProject }) => isInLargeProject)
      .map((memory) => ({ key: memory, vector: memory.vector }))
    const similarities = world
      .questions(20, 1000)
      .flatMap(({ vector }) =>
        exactNearest(vector, keyed, 10).map((near) =>
          near.vector.reduce((sum, value, at) => sum + value * (vector[at] ?? 0), 0),
        ),
      )
    expect(Math.min(...similarities)).toBeGreaterThan(0.5)
  })

  it('asks wordless questions that differ and hold no word', () => {
    const wordless = world.questions(260, 1000).map((question) => question.wordless)
    expect(new Set(wordless).size).toBe(260)
    for (const question of wordless) expect(question).toMatch(/^[?!.]+$/)
  })
})

it('nearest vectors are those of the greatest similarity, in order', () => {
  const vectors = [
    [1, 0],
    [0, 1],
    [0.6, 0.8],
  ].map((values, key) => ({ key, vector: Float32Array.from(values) }))
  expect(exactNearest(Float32Array.of(0.8, 0.6), vectors, 2)).toEqual([2, 0])
})

describe('chance', () => {
  it('gives numbers from 0 to 1 that neighbouring seeds do not share', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat(), (seed, number) => {
        const values = Array.from({ length: 20 }, createRandom(seed, number))
        const others = Array.from({ length: 20 }, createRandom(seed, number + 1))
        expect(values.every((value) => value >= 0 && value < 1)).toBe(true)
        expect(values).not.toEqual(others)
      }),
    )
  })

  it('draws ranks by the law of Zipf and Mandelbrot', () => {
    const draw = createZipf(1000)
    const random = createRandom(7)
    const ranks = Array.from({ length: 50_000 }, () => draw(random))
    const shareOf = (rank: number) => ranks.filter((drawn) => drawn === rank).length / ranks.length
    const total = Array.from({ length: 1000 }, (_, rank) => 1 / (rank + 12)).reduce((a, b) => a + b)
    for (const rank of [0, 1, 10]) expect(shareOf(rank)).toBeCloseTo(1 / (rank + 12) / total, 2)
    expect(Math.max(...ranks)).toBeLessThan(1000)
    expect(mean(ranks)).toBeGreaterThan(50)
  })
})

describe('the embedder', () => {
  const [first, second] = [Float32Array.of(1, 0), Float32Array.of(0, 1)]
  const embedder = createLookupEmbedder({
    dimensions: 2,
    documents: new Map([
      ['short', first],
      ['a long text', second],
    ]),
    queries: new Map([['short', second]]),
  })

  it('knows documents and questions apart', async () => {
    expect(await embedder.embed(['short'])).toEqual([first])
    expect(await embedder.embed(['short'], { purpose: 'query' })).toEqual([second])
  })

  it('gives every piece of a text the vector of the whole', async () => {
    const pieces = ['short', 'a lo', 'ng', ' text', 'short']
    expect(await embedder.embed(pieces)).toEqual([first, second, second, second, first])
  })

  it('refuses a text that it has no vector for', async () => {
    await expect(embedder.embed(['unknown'])).rejects.toThrow(RangeError)
    await expect(embedder.embed(['short', 'a long'])).rejects.toThrow(RangeError)
    await expect(embedder.embed(['a long text'], { purpose: 'query' })).rejects.toThrow(RangeError)
  })
})
