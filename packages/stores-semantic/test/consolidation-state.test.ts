import { describe, expect, it } from 'vitest'
import { assertMayFollow, CONSOLIDATION_STATES, mayFollow } from '../src/consolidation-state.ts'

describe('consolidation states', () => {
  it('allow exactly the steps of consolidating, opening up and settling again', () => {
    const steps = CONSOLIDATION_STATES.flatMap((from) =>
      CONSOLIDATION_STATES.filter((to) => to !== from && mayFollow(from, to)).map(
        (to) => `${from} > ${to}`,
      ),
    )
    expect(steps).toEqual([
      'unconsolidated > consolidating',
      'consolidating > unconsolidated',
      'consolidating > consolidated',
      'consolidated > labile',
      'labile > consolidated',
      'labile > reconsolidating',
      'reconsolidating > consolidated',
      'reconsolidating > labile',
    ])
  })

  it('may stay as they are', () => {
    for (const state of CONSOLIDATION_STATES) expect(mayFollow(state, state)).toBe(true)
  })

  it('say what may follow instead', () => {
    expect(() => assertMayFollow('unconsolidated', 'labile')).toThrow(
      'state cannot become labile from unconsolidated, which can become consolidating',
    )
    expect(() => assertMayFollow('labile', 'superseded')).toThrow('a new version supersedes it')
    expect(() => assertMayFollow('superseded', 'labile')).toThrow('can become nothing else')
  })
})
