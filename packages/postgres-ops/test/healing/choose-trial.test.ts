import fc from 'fast-check'
import { expect, it } from 'vitest'
import { chooseTrial } from '../../src/healing/choose-trial.ts'
import { bareKey, nameIndex } from '../../src/healing/index-candidate.ts'
import { toTextArray } from '../../src/health/catalogue.ts'

const LIMITS = { minGain: 0.3, tolerance: 0.05 }
const trial = fc.record({
  keys: fc.array(fc.constantFrom('"a"', '"b"'), { minLength: 1, maxLength: 4 }),
  bytes: fc.nat(),
  cost: fc.integer({ min: 1, max: 2000 }),
  isUsed: fc.boolean(),
})

it('chooses only what is used, saves enough and is about as good as the best', () => {
  fc.assert(
    fc.property(fc.array(trial), fc.integer({ min: 1, max: 1000 }), (trials, before) => {
      const chosen = chooseTrial(trials, before, LIMITS)
      const helping = trials.filter(({ isUsed, cost }) => isUsed && cost <= before * 0.7)
      expect(chosen === undefined).toBe(helping.length === 0)
      if (!chosen) return
      expect(helping).toContain(chosen)
      const close = helping.filter(
        ({ cost }) => cost <= Math.min(...helping.map((each) => each.cost)) * 1.05,
      )
      expect(close).toContain(chosen)
      for (const other of close) expect(chosen.keys.length).toBeLessThanOrEqual(other.keys.length)
    }),
  )
})

it('names indexes after what they hold, never longer than PostgreSQL keeps and never as another', () => {
  const candidate = {
    schema: 'public',
    table: 'orders',
    method: 'btree' as const,
    keys: ['"a" desc nulls last', '("lower"("b")) text_pattern_ops'],
  }
  expect(candidate.keys.map(bareKey)).toEqual([
    '"a"',
    '("lower"("b")) text_pattern_ops'.replace(' text_pattern_ops', ''),
  ])
  expect(nameIndex(candidate, () => false)).toBe('orders_a_lower_b_idx')
  expect(nameIndex(candidate, (name) => name === 'orders_a_lower_b_idx')).toBe(
    'orders_a_lower_b_idx2',
  )
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 100 }),
      fc.nat(20),
      (table, taken) => {
        const names = new Set<string>()
        for (let round = 0; round <= taken; round += 1) {
          const name = nameIndex({ ...candidate, table }, (each) => names.has(each))
          expect(Buffer.byteLength(name)).toBeLessThanOrEqual(63)
          names.add(name)
        }
        expect(names.size).toBe(taken + 1)
      },
    ),
  )
})

it('writes texts as an array that means the same', () => {
  expect(toTextArray([])).toBe('{}')
  expect(toTextArray(['a', 'b "c" \\d', ''])).toBe(String.raw`{"a","b \"c\" \\d",""}`)
})
