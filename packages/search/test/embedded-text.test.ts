import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitForEmbedding } from '../src/vectors/embedded-text.ts'

describe('splitForEmbedding', () => {
  it('loses nothing and cuts no character in two', () => {
    const word = fc.oneof(fc.lorem({ maxCount: 40 }), fc.constantFrom('\n\n', '😀'.repeat(900)))
    fc.assert(
      fc.property(fc.array(word, { maxLength: 40 }), (words) => {
        const text = words.join(' ')
        const pieces = splitForEmbedding(text)
        expect(pieces.join('')).toBe(text)
        expect(pieces.map((piece) => Buffer.from(piece, 'utf8').toString('utf8'))).toEqual(pieces)
        expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(1800)
      }),
    )
  })

  it('leaves a short text whole and cuts a long one between sentences', () => {
    expect(splitForEmbedding('A short text.')).toEqual(['A short text.'])
    const [first] = splitForEmbedding('This is one sentence. '.repeat(200))
    expect(first).toMatch(/sentence\. $/)
  })
})
