import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Candidate } from '../src/score/candidate.ts'
import { indexPlaces } from '../src/score/place-index.ts'

const GROUPS = Array.from({ length: 5 }, (_, number) => ({
  layer: 'semantic',
  id: `group ${number}`,
  number: number * 1000,
}))

const candidate = fc
  .record({
    rowNumber: fc.integer({ min: 1, max: 1000 }),
    group: fc.constantFrom(undefined, ...GROUPS),
    position: fc.option(fc.integer({ min: -20, max: 20 }), { nil: undefined }),
  })
  .map((place): Candidate => ({
    ...place,
    start: 0,
    end: 0,
    length: 0,
    speaker: undefined,
    role: undefined,
    importance: undefined,
    occurredAt: undefined,
    speaksOfTime: false,
    endsInQuestion: false,
  }))

const candidates = fc.uniqueArray(candidate, {
  maxLength: 100,
  selector: ({ rowNumber }) => rowNumber,
})

it('finds the newest that stands at a place, and nobody where none does', () => {
  fc.assert(
    fc.property(candidates, (all) => {
      const find = indexPlaces(all)
      for (const group of GROUPS) {
        for (let position = -21; position <= 21; position++) {
          const [newest] = all
            .filter((one) => one.group === group && one.position === position)
            .toSorted((a, b) => b.rowNumber - a.rowNumber)
          expect(find(group, position)).toBe(newest === undefined ? -1 : all.indexOf(newest))
        }
      }
    }),
  )
})
