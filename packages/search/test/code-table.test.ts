import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCodeMemory } from '../src/vectors/code-memory.ts'
import { createCodeTable } from '../src/vectors/code-table.ts'
import { leastFirst } from '../src/vectors/least-first.ts'
import { toSignBits, toWords } from '../src/vectors/sign-bits.ts'

const WORDS = 2
const code = fc.uint32Array({ minLength: WORDS, maxLength: WORDS })
const bitsOf = (word: number) => word.toString(2).replaceAll('0', '').length

const codeOf = (number: number) => Uint32Array.of(number, 0)

const distance = (a: Uint32Array, b: Uint32Array): number =>
  a.reduce((sum, word, at) => sum + bitsOf((word ^ (b[at] ?? 0)) >>> 0), 0)

describe('sign bits', () => {
  it('say of every dimension whether it is positive', () => {
    const vector = fc.float32Array({ minLength: 1, maxLength: 100, noNaN: true })
    fc.assert(
      fc.property(vector, (value) => {
        const bits = toSignBits(value)
        expect(bits.length % 4).toBe(0)
        value.forEach((number, at) => {
          expect(((bits[at >> 3] ?? 0) >> (at & 7)) & 1).toBe(number > 0 ? 1 : 0)
        })
      }),
    )
  })
})

describe('a code memory', () => {
  it.each([1, 2, 3, 12])('counts the bits in which codes of %i words differ', (words) => {
    const anyCode = fc.uint32Array({ minLength: words, maxLength: words })
    fc.assert(
      fc.property(fc.array(anyCode, { maxLength: 20 }), anyCode, (codes, sought) => {
        const memory = createCodeMemory(words)
        codes.forEach((one, slot) => memory.set(slot, one))
        expect([...memory.distances(sought, codes.length)]).toEqual(
          codes.map((one) => distance(one, sought)),
        )
      }),
    )
  })
})

describe('leastFirst', () => {
  it('gives the places of the least, in order', () => {
    const distances = fc.uint16Array({ max: 64, maxLength: 50 })
    fc.assert(
      fc.property(distances, fc.nat({ max: 60 }), (value, limit) => {
        const sorted = [...value.keys()].toSorted((a, b) => (value[a] ?? 0) - (value[b] ?? 0))
        expect(leastFirst(value, 64, limit)).toEqual(sorted.slice(0, limit))
      }),
    )
  })
})

describe('a code table', () => {
  it('holds what was set last and nothing that was deleted', () => {
    const change = fc.record({
      rowNumber: fc.integer({ min: 1, max: 12 }),
      code: fc.option(code, { nil: undefined }),
    })
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), code, (changes, sought) => {
        const table = createCodeTable(WORDS)
        const model = new Map<number, Uint32Array>()
        for (const { rowNumber, code: value } of changes) {
          if (value === undefined) {
            table.delete(rowNumber)
            model.delete(rowNumber)
          } else {
            table.set({ rowNumber, documentRow: rowNumber }, value)
            model.set(rowNumber, value)
          }
        }
        const distanceOf = (row: number) => distance(model.get(row) ?? sought, sought)
        const nearest = table.rank(sought)(100)
        expect(table.size).toBe(model.size)
        for (let row = 1; row <= 12; row++)
          expect(table.ofDocument(row)).toEqual(
            model.has(row) ? [{ rowNumber: row, documentRow: row }] : [],
          )
        expect(nearest.toSorted((a, b) => a - b)).toEqual(
          [...model.keys()].toSorted((a, b) => a - b),
        )
        expect(nearest.map(distanceOf)).toEqual(nearest.map(distanceOf).toSorted((a, b) => a - b))
      }),
    )
  })

  it('ranks what it held, whatever is deleted meanwhile', () => {
    const table = createCodeTable(WORDS)
    for (const row of [1, 2, 3]) table.set({ rowNumber: row, documentRow: row }, codeOf(row))
    const rank = table.rank(codeOf(1))
    table.delete(3)
    table.set({ rowNumber: 4, documentRow: 9 }, codeOf(4))
    table.delete(1)
    expect(rank(1)).toEqual([1])
    expect(new Set(rank(3))).toEqual(new Set([1, 2, 3]))
  })

  it('knows all pieces of a document', () => {
    const table = createCodeTable(WORDS)
    for (const row of [5, 6, 7]) table.set({ rowNumber: row, documentRow: 2 }, codeOf(row))
    table.delete(6)
    expect(table.ofDocument(2).map(({ rowNumber }) => rowNumber)).toEqual([5, 7])
  })

  it('grows beyond its first room', () => {
    const table = createCodeTable(WORDS)
    for (let row = 1; row <= 5000; row++)
      table.set(
        { rowNumber: row, documentRow: row },
        toWords(Uint8Array.of(row, row >> 8, 0, 0, 0, 0, 0, 0)),
      )
    expect(table.size).toBe(5000)
    expect(table.rank(toWords(Uint8Array.of(0x88, 0x13, 0, 0, 0, 0, 0, 0)))(1)).toEqual([5000])
  })
})
