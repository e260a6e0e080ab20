import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  analyzeDocument,
  decodePieces,
  decodeStems,
  encodePieces,
  encodeStems,
  MAX_STEMS_LENGTH,
  PIECE_BREAK,
  PIECE_STEMS,
} from '../src/analysis/pieces.ts'
import { analyze } from '../src/analysis/analyze.ts'

const place = fc.oneof(fc.nat({ max: 200 }), fc.integer({ min: 55_000, max: 70_000 }))
const pieces = fc.array(fc.array(place, { minLength: 1, maxLength: PIECE_STEMS }), { maxLength: 8 })

describe('encodePieces', () => {
  it('is undone by decodePieces', () => {
    fc.assert(
      fc.property(pieces, (value) => {
        const breaks = value.flatMap((piece, at) => (at === 0 ? piece : [PIECE_BREAK, ...piece]))
        expect(decodePieces(encodePieces(value))).toEqual(breaks)
      }),
    )
  })

  it('writes text that a database stores unchanged', () => {
    fc.assert(
      fc.property(pieces, (value) => {
        const text = encodePieces(value)
        expect(text).not.toContain('\0')
        expect(Buffer.from(text, 'utf8').toString('utf8')).toBe(text)
      }),
    )
  })

  it('takes one byte for a stem of a short text', () => {
    expect(Buffer.byteLength(encodePieces([[0, 1, 2, 3]]))).toBe(4)
  })
})

describe('analyzeDocument', () => {
  it('keeps every stem in order', () => {
    const text = fc.lorem({ maxCount: 300 })
    fc.assert(
      fc.property(text, (value) => {
        const { stems, pieces: cut } = analyzeDocument(value)
        expect(cut.flat().map((at) => stems[at])).toEqual(analyze(value))
        expect(decodeStems(encodeStems(stems))).toEqual(stems)
      }),
    )
  })

  it('cuts long texts evenly into pieces that are not too long', () => {
    const text = fc.integer({ min: 0, max: 500 }).map((count) => 'word '.repeat(count))
    fc.assert(
      fc.property(text, (value) => {
        const lengths = analyzeDocument(value).pieces.map((piece) => piece.length)
        expect(Math.max(0, ...lengths)).toBeLessThanOrEqual(PIECE_STEMS)
        expect(Math.max(0, ...lengths) - Math.min(PIECE_STEMS, ...lengths)).toBeLessThanOrEqual(
          lengths.length > 0 ? 1 : 0,
        )
      }),
    )
  })

  it('stays within what a tsvector holds', () => {
    const words = Array.from({ length: 60_000 }, (_, index) => `w${index.toString(36)}`).join(' ')
    expect(encodeStems(analyzeDocument(words).stems).length).toBeLessThanOrEqual(MAX_STEMS_LENGTH)
  })

  it('has no pieces for text without words', () => {
    expect(analyzeDocument('...')).toEqual({ stems: [], pieces: [] })
    expect(decodePieces(encodePieces([]))).toEqual([])
  })
})
