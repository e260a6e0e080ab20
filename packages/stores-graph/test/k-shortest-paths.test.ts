import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Direction } from '../src/relations/find-relations.ts'
import { createCostGraph } from '../src/traverse/cost-graph.ts'
import { kShortestPaths } from '../src/traverse/k-shortest-paths.ts'

const ties = fc.array(
  fc.record({
    from: fc.nat({ max: 5 }),
    to: fc.nat({ max: 5 }),
    weight: fc.constantFrom(1, 2, 3, 5, 8),
  }),
  { maxLength: 14 },
)

type Tie = { from: number; to: number; weight: number }

const graphOf = (all: readonly Tie[], direction: Direction) =>
  createCostGraph(
    all.map(({ from, to, weight }, id) => ({
      id: `r${id}`,
      fromId: `n${from}`,
      toId: `n${to}`,
      weight,
    })),
    { direction, costOf: ({ weight }) => weight },
  )

/** The costs of all ways without loops, by trying every one. */
const allCosts = (all: readonly Tie[], direction: Direction): number[] => {
  const cheapest = new Map<string, number>()
  const add = (near: number, far: number, weight: number) => {
    const key = `${near} ${far}`
    cheapest.set(key, Math.min(cheapest.get(key) ?? Infinity, weight))
  }
  for (const { from, to, weight } of all) {
    if (direction !== 'in') add(from, to, weight)
    if (direction !== 'out') add(to, from, weight)
  }
  const extend = (path: readonly number[], cost: number): number[] => {
    const last = path.at(-1) ?? 0
    if (last === 5) return [cost]
    return [0, 1, 2, 3, 4, 5].flatMap((next) => {
      const step = cheapest.get(`${last} ${next}`)
      return step === undefined || path.includes(next) ? [] : extend([...path, next], cost + step)
    })
  }
  return extend([0], 0).sort((a, b) => a - b)
}

describe('kShortestPaths', () => {
  it.each(['out', 'in', 'both'] as const)(
    'gives the k cheapest ways without loops: %s',
    (direction) => {
      fc.assert(
        fc.property(ties, fc.integer({ min: 1, max: 8 }), (all, k) => {
          const paths = kShortestPaths(graphOf(all, direction), ['n0', 'n5'], k)
          expect(paths.map(({ cost }) => cost)).toEqual(allCosts(all, direction).slice(0, k))
          expect(new Set(paths.map(({ nodes }) => nodes.join())).size).toBe(paths.length)
          for (const { nodes } of paths) {
            expect([nodes[0], nodes.at(-1)]).toEqual(['n0', 'n5'])
            expect(new Set(nodes).size).toBe(nodes.length)
          }
        }),
      )
    },
  )

  it('knows no way to what is not there', () => {
    expect(kShortestPaths(graphOf([], 'both'), ['n0', 'n5'], 3)).toEqual([])
  })
})
