import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CAPACITIES, makeRoom, withCapacities } from '../src/items/capacity.ts'

const occupants = fc
  .array(
    fc.record({ activation: fc.double({ min: 0, max: 1, noNaN: true }), isFocused: fc.boolean() }),
    { maxLength: 12 },
  )
  .map((rows) => rows.map((row, index) => ({ ...row, id: `i${index}` })))
const capacity = fc
  .record({ soft: fc.integer({ min: 1, max: 8 }), more: fc.nat({ max: 3 }) })
  .map(({ soft, more }) => ({ soft, hard: soft + more }))

describe('room for one more', () => {
  it('is made by no more than needed, never by what is in focus, the least active first', () => {
    fc.assert(
      fc.property(occupants, capacity, (present, limits) => {
        const { leaving, held } = makeRoom(present, limits)
        expect(held).toBe(present.length + 1 - leaving.length)
        expect(new Set(leaving).size).toBe(leaving.length)
        const free = present.filter(({ isFocused }) => !isFocused)
        const excess = Math.max(present.length + 1 - limits.soft, 0)
        expect(leaving).toHaveLength(Math.min(excess, free.length))
        const left = free.filter(({ id }) => leaving.includes(id))
        const kept = free.filter(({ id }) => !leaving.includes(id))
        expect(left).toHaveLength(leaving.length)
        const least = Math.min(...kept.map(({ activation }) => activation))
        expect(Math.max(0, ...left.map(({ activation }) => activation))).toBeLessThanOrEqual(least)
      }),
    )
  })

  it('needs nobody to leave below the limit', () => {
    const present = [{ id: 'a', activation: 0, isFocused: false }]
    expect(makeRoom(present, { soft: 2, hard: 2 })).toEqual({ leaving: [], held: 2 })
    expect(makeRoom(present, { soft: 1, hard: 2 })).toEqual({ leaving: ['a'], held: 1 })
  })

  it('is six to seven items, and four in the buffer, unless said otherwise', () => {
    expect(CAPACITIES.phonological).toEqual({ soft: 6, hard: 7 })
    expect(CAPACITIES.episodic_buffer).toEqual({ soft: 4, hard: 4 })
    const changed = withCapacities({ phonological: { soft: 2, hard: 3 } })
    expect(changed.phonological.hard).toBe(3)
    expect(changed.visuospatial.hard).toBe(7)
    for (const wrong of [
      { soft: 3, hard: 2 },
      { soft: 0, hard: 1 },
      { soft: 1.5, hard: 2 },
    ]) {
      expect(() => withCapacities({ phonological: wrong })).toThrow('capacities.phonological')
    }
  })
})
