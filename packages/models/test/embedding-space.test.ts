import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defineEmbeddingSpace } from '../src/index.ts'

const fields = fc.record({
  model: fc.string({ minLength: 1 }),
  revision: fc.string(),
  dimensions: fc.integer({ min: 1, max: 4096 }),
  documentPrefix: fc.string(),
  queryPrefix: fc.string(),
  normalisation: fc.constantFrom('l2' as const, 'none' as const),
  kind: fc.constantFrom('lexical' as const, 'semantic' as const),
})

describe('an embedding space', () => {
  it('has the same id whenever its fields are the same, in any order', () => {
    fc.assert(
      fc.property(fields, (space) => {
        const { kind, normalisation, queryPrefix, documentPrefix, dimensions, revision, model } =
          space
        const shuffled = {
          kind,
          normalisation,
          queryPrefix,
          documentPrefix,
          dimensions,
          revision,
          model,
        }
        expect(defineEmbeddingSpace(shuffled)).toEqual(defineEmbeddingSpace(space))
      }),
    )
  })

  it('has another id when any field differs', () => {
    fc.assert(
      fc.property(fields, fields, (a, b) => {
        const isSame = JSON.stringify(Object.values(a)) === JSON.stringify(Object.values(b))
        expect(defineEmbeddingSpace(a).id === defineEmbeddingSpace(b).id).toBe(isSame)
      }),
    )
  })

  it.each([
    { model: 'other' },
    { revision: '2' },
    { dimensions: 4 },
    { documentPrefix: 'd' },
    { queryPrefix: 'd' },
    { normalisation: 'none' as const },
    { kind: 'lexical' as const },
  ])('counts %o as a difference', (difference) => {
    const space = {
      model: 'm',
      revision: '1',
      dimensions: 3,
      documentPrefix: '',
      queryPrefix: '',
      normalisation: 'l2' as const,
      kind: 'semantic' as const,
    }
    const { id } = defineEmbeddingSpace(space)
    expect(defineEmbeddingSpace({ ...space, ...difference }).id).not.toBe(id)
  })

  it('keeps an id readable: model, dimensions, digest', () => {
    const [space] = fc.sample(
      fields.map((some) => ({ ...some, model: 'm', dimensions: 3 })),
      1,
    )
    expect(space && defineEmbeddingSpace(space).id).toMatch(/^m:3:[0-9a-f]{16}$/)
  })
})
