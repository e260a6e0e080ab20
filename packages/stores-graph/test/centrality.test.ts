import { describeEachBackend } from '@athena-memory/testing'
import fc from 'fast-check'
import { betweenness, closeness } from 'graphology-metrics/centrality/index.js'
import { describe, expect, it } from 'vitest'
import { measurePaths, PIVOTS } from '../src/analysis/path-centrality.ts'
import { sample, seededRandom } from '../src/analysis/seeded-random.ts'
import { createWeightedGraph } from '../src/analysis/weighted-graph.ts'
import { addNamed, openGraph, relateAll } from './open-graph.ts'

const graphOf = (pairs: readonly (readonly [number, number])[]) =>
  createWeightedGraph(
    pairs.map(([from, to], id) => ({
      id: `r${id}`,
      fromId: `n${from}`,
      toId: `n${to}`,
      weight: 1,
    })),
  )

const ends = fc.nat({ max: 12 })
const pairs = fc
  .array(fc.tuple(ends, ends), { maxLength: 40 })
  // Loops do not count, and graphology measures no empty graphs.
  .map((all) => [...all, [0, 1] as const])

describe('measurePaths', () => {
  it('is what graphology measures, where all paths are followed', async () => {
    await fc.assert(
      fc.asyncProperty(pairs, async (all) => {
        const graph = graphOf(all)
        const measured = await measurePaths(graph)
        expect(measured.isExact).toBe(true)
        const between = betweenness(graph, { getEdgeWeight: null })
        const close = closeness(graph, { wassermanFaust: true })
        for (const node of graph.nodes()) {
          // It divides by nothing where there are fewer than three nodes.
          const expected = graph.order > 2 ? (between[node] ?? 0) : 0
          expect(measured.betweenness.get(node)).toBeCloseTo(expected)
          expect(measured.closeness.get(node)).toBeCloseTo(close[node] ?? 0)
        }
      }),
    )
  })

  it('comes near with a sample, and says so', async () => {
    const random = seededRandom(1)
    const hub = Array.from({ length: 199 }, (_, at) => [0, at + 1] as const)
    const rest = Array.from(
      { length: 300 },
      () => [Math.floor(random() * 200), Math.floor(random() * 200)] as const,
    )
    const graph = graphOf([...hub, ...rest])
    const exact = await measurePaths(graph)
    const sampled = await measurePaths(graph, { ...PIVOTS, exactUpTo: 100, sampled: 60 })
    expect(sampled.isExact).toBe(false)
    expect(sampled.betweenness.get('n0')).toBeCloseTo(exact.betweenness.get('n0') ?? 0, 1)
    expect(sampled.closeness.get('n0')).toBeCloseTo(exact.closeness.get('n0') ?? 0, 1)
    for (const score of [...sampled.betweenness.values(), ...sampled.closeness.values()]) {
      expect(score).toBeGreaterThanOrEqual(0)
      expect(score).toBeLessThanOrEqual(1.5)
    }
  })
})

it('nothing is central in an empty graph', async () => {
  const { betweenness: between } = await measurePaths(graphOf([]))
  expect(between.size).toBe(0)
})

describe('sample', () => {
  it('takes as many different items as asked for, in their order', () => {
    fc.assert(
      fc.property(fc.nat({ max: 50 }), fc.nat({ max: 60 }), fc.integer(), (length, size, seed) => {
        const items = Array.from({ length }, (_, at) => at)
        const taken = sample(items, size, seededRandom(seed))
        expect(taken).toHaveLength(Math.min(length, size))
        expect(taken).toEqual([...new Set(taken)].toSorted((a, b) => a - b))
      }),
    )
  })
})

describeEachBackend('centrality', (database) => {
  it('names the entities with the most neighbours, between and nearest to the others', async () => {
    const { graph, projectId } = await openGraph(database())
    const ties = 'a-b a-c b-c c-d d-e e-f e-g f-g'
    const idOf = await addNamed(graph, projectId, ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'alone'])
    await relateAll(graph, idOf, ties)
    const top = async (measure: 'degree' | 'betweenness' | 'closeness', limit: number) => {
      const { results, isExact } = await graph.centrality({ projectId, measure, limit })
      expect(isExact).toBe(true)
      return results.map(({ entity }) => entity.name).toSorted()
    }
    expect(await top('degree', 2)).toEqual(['c', 'e'])
    expect(await top('betweenness', 1)).toEqual(['d'])
    expect(await top('closeness', 1)).toEqual(['d'])
    const { results } = await graph.centrality({ projectId })
    expect(results).toHaveLength(7)
    expect(results[0]?.score).toBeCloseTo(3 / 6)
    expect((await graph.centrality({ projectId, relationTypes: ['none'] })).results).toEqual([])
    expect((await graph.centrality({ projectId: 'none', measure: 'closeness' })).results).toEqual(
      [],
    )
  })
})
