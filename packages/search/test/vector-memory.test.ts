import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createVectorMemory } from '../src/vectors/vector-memory.ts'

const cosine = (a: Float32Array, b: Float32Array): number => {
  const product = (x: Float32Array, y: Float32Array) =>
    x.reduce((sum, value, at) => sum + value * (y[at] ?? 0), 0)
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b))
}

/** Less than any cosine. */
const NO_DIRECTION = -2

const vectorOf = (dimensions: number) =>
  fc
    .array(fc.integer({ min: -100, max: 100 }), { minLength: dimensions, maxLength: dimensions })
    .map((values) => Float32Array.from(values))

describe('a vector memory', () => {
  it.each([1, 7, 8, 33])('tells how alike vectors of %i dimensions are', (dimensions) => {
    const vector = vectorOf(dimensions)
    const document = fc.array(vector, { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(fc.array(document, { maxLength: 10 }), vector, (documents, sought) => {
        const memory = createVectorMemory(dimensions)
        documents.forEach((pieces, row) => memory.add(row, pieces))
        const found = memory.compare(sought, [...documents.keys(), 999])
        documents.forEach((pieces, row) => {
          const best = pieces.map((piece) => cosine(piece, sought)).filter((each) => !isNaN(each))
          expect(found.get(row) ?? NO_DIRECTION).toBeCloseTo(Math.max(NO_DIRECTION, ...best), 5)
        })
      }),
    )
  })

  it('drops what was compared longest ago, and nothing before it is trimmed', () => {
    // Of 16,000 dimensions there is room for some 500.
    const dimensions = 16_000
    const vector = (value: number) => new Float32Array(dimensions).fill(value)
    const memory = createVectorMemory(dimensions)
    const rows = Array.from({ length: 1000 }, (_, row) => row)
    for (const row of rows) memory.add(row, [vector(row % 2 === 0 ? 1 : -1)])
    expect(memory.compare(vector(1), rows).size).toBe(1000)
    memory.compare(vector(1), [0])
    memory.trim()
    const left = [...memory.compare(vector(1), rows).keys()]
    expect(left.length).toBeLessThan(900)
    expect(left).toEqual([0, ...rows.slice(rows.length - left.length + 1)])
    // What comes into the slots of others is compared by itself.
    for (const row of rows) memory.add(row, [vector(-1)])
    const found = memory.compare(vector(1), rows)
    for (const row of rows)
      expect(found.get(row)).toBe(left.includes(row) && row % 2 === 0 ? 1 : -1)
  })
})
