import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { analyze, MAX_STEM_LENGTH } from '../src/analysis/analyze.ts'

/** What both databases' full text takes for one token. */
const STEM = /^[a-z0-9+#._\u0080-\u{10ffff}]+$/u

describe('analyze', () => {
  it('finds inflected and irregular forms under one stem', () => {
    expect(analyze('She went running with the children')).toEqual(['go', 'run', 'child'])
    expect(analyze('go runs child')).toEqual(['go', 'run', 'child'])
  })

  it('finds what is done under the same stem as the doing', () => {
    const stemOf = (text: string) => [...new Set(analyze(text))]
    expect(stemOf('deploy deploys deployed deploying deployment deployments')).toEqual(['deploy'])
    expect(stemOf('employ employment')).toEqual(['employ'])
    expect(stemOf('enjoy enjoyable')).toEqual(['enjoy'])
    expect(stemOf('study studies studied')).toEqual(['studi'])
  })

  it('folds case, accents and compatibility forms', () => {
    expect(analyze('Łódź CAFÉ Straße ﬁne')).toEqual(analyze('lodz cafe strasse fine'))
  })

  it('keeps names of languages and files, and gives their parts', () => {
    expect(analyze('C++ and C#')).toEqual(['c++', 'c#'])
    expect(analyze('node.js')).toEqual(['node.js', 'node', 'js'])
    expect(analyze('user_id')).toEqual(['user_id', 'user', 'id'])
    expect(analyze('parseHttpHeader')).toEqual(expect.arrayContaining(['pars', 'http', 'header']))
  })

  it('keeps numbers whole', () => {
    expect(analyze('1,000 and 3.14')).toEqual(['1000', '3.14'])
  })

  it('drops the grammar that apostrophes hang on words', () => {
    expect(analyze('Anna’s dog doesn’t bark')).toEqual(['anna', 'dog', 'bark'])
    expect(analyze('l’école')).toEqual(analyze('école'))
  })

  it('cuts text without spaces into pairs, and finds a single character', () => {
    expect(analyze('東京駅', 'query')).toEqual(['東京', '京駅'])
    expect(analyze('我的猫很可爱')).toContain('猫')
    expect(analyze('猫', 'query')).toEqual(['猫'])
    expect(analyze('고양이', 'query')).toEqual(['고양', '양이'])
  })

  it('gives no stems for text without words', () => {
    expect(analyze('"*-( ) :: 😀 \0')).toEqual([])
  })

  it('reads on over a NUL', () => {
    expect(analyze('mem\0ory')).toEqual(analyze('memory'))
  })

  it('gives stems that both databases take for one token, for any text', () => {
    const text = fc.string({ unit: 'binary', maxLength: 200 })
    fc.assert(
      fc.property(text, fc.constantFrom('document', 'query'), (value, purpose) => {
        for (const stem of analyze(value, purpose)) {
          expect(stem).toMatch(STEM)
          expect(stem).not.toMatch(/\s/u)
          expect(Buffer.from(stem, 'utf8').toString('utf8')).toBe(stem)
          expect(Array.from(stem).length).toBeLessThanOrEqual(MAX_STEM_LENGTH)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('gives what a question finds among the stems of the same text', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 100 })
    fc.assert(
      fc.property(text, (value) => {
        const held = new Set(analyze(value))
        expect(analyze(value, 'query').filter((stem) => !held.has(stem))).toEqual([])
      }),
    )
  })
})
