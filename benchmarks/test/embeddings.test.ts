import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readEmbeddings } from '../src/retrieval/read-embeddings.ts'
import { toFloats, withData } from './sample-data.ts'

const read = (bytes: Uint8Array, lines: { memories: number; questions: number }) =>
  withData({ 'embeddings.f32': bytes }, (folder) => readEmbeddings(folder, lines))

const LINES = { memories: 2, questions: 1 }

describe('given vectors', () => {
  it('are those of memories, then of questions, each of length 1', async () => {
    const rows = [
      [3, 4],
      [0, 0],
      [0, -2],
    ]
    expect(await read(toFloats(rows), LINES)).toEqual({
      dimensions: 2,
      memories: [Float32Array.of(0.6, 0.8), Float32Array.of(0, 0)],
      questions: [Float32Array.of(0, -1)],
    })
  })

  it('are read back as they were written, but for their length', async () => {
    const value = fc.float({ min: -100, max: 100, noNaN: true })
    const row = fc.array(value, { minLength: 3, maxLength: 3 })
    const rows = fc.array(row, { minLength: 3, maxLength: 3 })
    await fc.assert(
      fc.asyncProperty(rows, async (given) => {
        const { memories, questions } = await read(toFloats(given), LINES)
        for (const [at, vector] of [...memories, ...questions].entries()) {
          const length = Math.hypot(...(given[at] ?? [])) || 1
          vector.forEach((each, place) =>
            expect(each * length).toBeCloseTo(given[at]?.[place] ?? Number.NaN, 3),
          )
        }
      }),
      { numRuns: 20 },
    )
  })

  it('are refused by name where rows and lines do not fit', async () => {
    const wrong = [toFloats([[1, 2, 3, 4]]), toFloats([[1, 2, 3]]).subarray(1), toFloats([])]
    for (const bytes of wrong) {
      await expect(read(bytes, LINES)).rejects.toThrow(
        /^embeddings\.f32: must have 4 bytes x dimensions x 3 rows/,
      )
    }
  })

  it('are refused where a row is not finite', async () => {
    const rows = [[1], [Number.POSITIVE_INFINITY], [1]]
    await expect(read(toFloats(rows), LINES)).rejects.toThrow('embeddings.f32: row 2 is not finite')
    const missing = [[1], [1], [Number.NaN]]
    await expect(read(toFloats(missing), LINES)).rejects.toThrow(/row 3 is not finite/)
  })

  it('are missed by name', async () => {
    await expect(withData({}, (folder) => readEmbeddings(folder, LINES))).rejects.toThrow(
      /embeddings\.f32/,
    )
  })
})
