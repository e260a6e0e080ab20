import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutToTokens, estimateTokens } from '../src/token-count.ts'

const text = fc.string({
  unit: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('茶', 'か')),
})

describe('estimateTokens', () => {
  it.each([
    ['', 0],
    ['a', 1],
    ['four', 1],
    ['fours', 2],
    ['茶は緑', 3],
    ['茶 tea!', 3],
  ])('counts %j as %i', (given, tokens) => {
    expect(estimateTokens(given)).toBe(tokens)
  })

  it('is 0 for nothing only, and two texts are never more than one after the other', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(estimateTokens(a) === 0).toBe(a === '')
        expect(estimateTokens(a + b)).toBeLessThanOrEqual(estimateTokens(a) + estimateTokens(b))
        expect(estimateTokens(a + b)).toBeGreaterThanOrEqual(estimateTokens(a))
      }),
    )
  })

  it('can be told other figures', () => {
    const estimate = { charactersPerToken: 2, tokensPerSpaceless: 3 }
    expect(estimateTokens('abcd茶', estimate)).toBe(5)
  })
})

describe('cutToTokens', () => {
  it('gives the longest beginning within the budget', () => {
    fc.assert(
      fc.property(text, fc.nat({ max: 20 }), (given, maxTokens) => {
        const cut = cutToTokens(given, maxTokens)
        expect(given.startsWith(cut)).toBe(true)
        expect(estimateTokens(cut)).toBeLessThanOrEqual(maxTokens)
        const [next = ''] = given.slice(cut.length)
        expect(cut === given || estimateTokens(cut + next) > maxTokens).toBe(true)
      }),
    )
  })
})
