import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findToken, parseTokens } from '../src/http/tokens.ts'

const letters = (text: string) => fc.constantFrom(...text.split(''))
const body = fc.string({
  unit: letters('ABCXYZabcxyz0189-._~+/'),
  minLength: 16,
  maxLength: 40,
})
const token = fc.tuple(body, fc.constantFrom('', '=', '==')).map(([text, end]) => text + end)
const tenant = fc
  .tuple(letters('azAZ09'), fc.string({ unit: letters('azAZ09-_'), maxLength: 62 }))
  .map(([first, rest]) => first + rest)
const entries = fc.uniqueArray(fc.tuple(token, tenant), { minLength: 1, selector: ([one]) => one })

describe('tokens', () => {
  it('open the memory of the tenant that stands beside them, in either form', () => {
    fc.assert(
      fc.property(entries, fc.constantFrom(',', '\n', ' , '), (pairs, between) => {
        const asPairs = parseTokens(pairs.map((pair) => pair.join('=')).join(between))
        const asJson = parseTokens(JSON.stringify(Object.fromEntries(pairs)))
        for (const [given, tenantId] of pairs) {
          expect(findToken(asPairs, given)).toMatchObject({ tenantId })
          expect(findToken(asJson, given)).toMatchObject({ tenantId })
        }
      }),
    )
  })

  it('open the configured memory when no tenant stands beside them', () => {
    fc.assert(
      fc.property(token, (given) => {
        const found = findToken(parseTokens(given), given)
        expect(found).toBeDefined()
        expect(found).not.toHaveProperty('tenantId')
      }),
    )
  })

  it('open nothing when they differ, be it by one letter', () => {
    fc.assert(
      fc.property(token, letters('aZ9='), (given, letter) => {
        expect(findToken(parseTokens(given), given + letter)).toBeUndefined()
        expect(findToken(parseTokens(given), given.slice(0, -1))).toBeUndefined()
      }),
    )
  })

  it('are none where nothing is set', () => {
    expect(parseTokens('')).toEqual([])
    expect(parseTokens(' \n')).toEqual([])
  })

  it.each([
    ['short=red', 'entry 1: the token must have at least 16 characters'],
    ['long-enough-a-token=red,sixteen-letters-ä=blue', 'entry 2: the token must be of letters'],
    ['long-enough-a-token=../red', 'entry 1: the tenant must be 1 to 63 letters'],
    ['long-enough-a-token=red long-enough-a-token=blue', 'every token must be there once'],
    ['{"long-enough-a-token": 1}', 'expected a JSON object of tenants by token'],
    ['{"long-enough-a-token"', 'expected a JSON object of tenants by token'],
  ])('are refused with a message that holds none of them: %s', (text, message) => {
    const parse = () => parseTokens(text)
    expect(parse).toThrow(`ATHENA_MCP_TOKENS: ${message}`)
    expect(parse).not.toThrow(/long-enough|sixteen|short/)
  })
})
