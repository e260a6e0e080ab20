import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Embedder } from '../src/index.ts'
import { lengthOf } from './vectors.ts'

interface Opened {
  readonly embedder: Embedder
  readonly close: () => Promise<void>
}

/** What every embedder promises, whatever is behind it. */
export const describeEmbedder = (name: string, open: () => Promise<Opened>) => {
  describe(`${name} as an embedder`, () => {
    let opened: Opened
    beforeAll(async () => {
      opened = await open()
    })
    afterAll(() => opened.close())

    it('gives one unit vector of the length of the space for every text', async () => {
      const { embedder } = opened
      const vectors = await embedder.embed(['a red car', 'a blue boat', 'x'])
      expect(vectors.map((vector) => vector.length)).toEqual(
        Array.from({ length: 3 }, () => embedder.space.dimensions),
      )
      for (const vector of vectors) expect(lengthOf(vector)).toBeCloseTo(1, 5)
    })

    it('keeps the order of the texts, repeated ones included', async () => {
      const { embedder } = opened
      const [one] = await embedder.embed(['one'])
      const [two] = await embedder.embed(['two'])
      expect(one).not.toEqual(two)
      expect(await embedder.embed(['two', 'one', 'two'])).toEqual([two, one, two])
    })

    it('gives no vectors for no texts', async () => {
      expect(await opened.embedder.embed([])).toEqual([])
    })

    it('gives a vector of zeros for blank text', async () => {
      const { embedder } = opened
      const zeros = new Float32Array(embedder.space.dimensions)
      expect(await embedder.embed(['', ' \n\t', '\u3000'])).toEqual([zeros, zeros, zeros])
    })

    it('gives vectors that the caller may change', async () => {
      const { embedder } = opened
      const [first, twin] = await embedder.embed(['mine', 'mine'])
      const before = twin?.slice()
      first?.fill(0)
      expect(twin).toEqual(before)
      expect(await embedder.embed(['mine'])).toEqual([before])
    })

    it('rejects with the reason of a signal that is already aborted', async () => {
      const reason = new Error('not needed any more')
      const embedding = opened.embedder.embed(['text'], { signal: AbortSignal.abort(reason) })
      await expect(embedding).rejects.toBe(reason)
    })

    it('reports that it is well', async () => {
      const health = await opened.embedder.health()
      expect(health).toEqual({ status: 'ok', latencyMs: expect.any(Number) })
    })
  })
}
