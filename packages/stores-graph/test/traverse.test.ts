import { describeEachBackend } from '@athena-memory/testing'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { relationCost } from '../src/traverse/relation-cost.ts'
import { addNamed, DAY_MS, openGraph, relateAll } from './open-graph.ts'

describeEachBackend('walking the graph', (database) => {
  const open = async (ties: string) => {
    const opened = await openGraph(database())
    const names = [...new Set(ties.replaceAll(/:[\d.]+/g, '').split(/[- ]/))]
    const idOf = await addNamed(opened.graph, opened.projectId, names)
    const related = await relateAll(opened.graph, idOf, ties)
    return { ...opened, idOf, related }
  }

  it('finds neighbours level by level, the strongest first', async () => {
    const { graph, idOf } = await open('a-b:0.2 a-c:0.9 d-a:0.5 c-e:0.4 b-e:0.8 e-f')
    const near = async (options: object) => {
      const { neighbours, isTruncated } = await graph.neighbours({
        entityId: idOf('a'),
        ...options,
      })
      expect(isTruncated).toBe(false)
      return neighbours.map(({ entity, depth }) => `${entity.name}${depth}`)
    }
    expect(await near({})).toEqual(['c1', 'd1', 'b1'])
    expect(await near({ depth: 2 })).toEqual(['c1', 'd1', 'b1', 'e2'])
    expect(await near({ depth: 5 })).toEqual(['c1', 'd1', 'b1', 'e2', 'f3'])
    expect(await near({ direction: 'out' })).toEqual(['c1', 'b1'])
    expect(await near({ direction: 'in', depth: 2 })).toEqual(['d1'])
    expect(await near({ relationTypes: ['likes'] })).toEqual([])
    expect(await near({ entityId: 'none' })).toEqual([])
    const cut = await graph.neighbours({ entityId: idOf('a'), depth: 5, limit: 2 })
    expect(cut).toMatchObject({ isTruncated: true, neighbours: [{ depth: 1 }, { depth: 1 }] })
    const { neighbours } = await graph.neighbours({ entityId: idOf('a'), depth: 2 })
    // The stronger of two relations that lead there.
    expect(neighbours[3]?.relation).toMatchObject({ fromId: idOf('b'), strength: 0.8 })
  })

  it('sees relations as of a time only', async () => {
    const { graph, idOf, related, clock } = await open('a-b b-c')
    const before = clock.now()
    clock.advance(DAY_MS)
    await graph.unrelate(related[0]?.relation.id ?? '')
    const pair = { fromId: idOf('a'), toId: idOf('c') }
    expect((await graph.neighbours({ entityId: idOf('a') })).neighbours).toEqual([])
    expect(await graph.shortestPath(pair)).toEqual([])
    expect((await graph.neighbours({ entityId: idOf('a'), asOf: before })).neighbours).toHaveLength(
      1,
    )
    expect(await graph.shortestPath({ ...pair, asOf: before })).toHaveLength(1)
    const { relations } = await graph.subgraph({ entityIds: [idOf('a'), idOf('b')], depth: 0 })
    expect(relations).toEqual([])
  })

  it('cuts out a part with all relations between its entities', async () => {
    const { graph, idOf } = await open('a-b:0.5 b-c c-d a-c:0.9 d-e')
    const part = await graph.subgraph({ entityIds: [idOf('a')] })
    expect(part.entities.map(({ name }) => name)).toEqual(['a', 'c', 'b'])
    expect(part.relations.map(({ strength }) => strength)).toEqual([1, 0.9, 0.5])
    expect(part.isTruncated).toBe(false)
    const small = await graph.subgraph({ entityIds: [idOf('a')], depth: 3, limit: 2 })
    expect(small).toMatchObject({ isTruncated: true, entities: [{ name: 'a' }, { name: 'c' }] })
    expect(await graph.subgraph({ entityIds: ['none'] })).toEqual({
      entities: [],
      relations: [],
      isTruncated: false,
    })
  })

  it('prefers several strong relations to one that is weak', async () => {
    const { graph, idOf, related } = await open('a-b a-x b-c c-d a-d:0.2 x-y')
    const pair = { fromId: idOf('a'), toId: idOf('d') }
    const names = (paths: { entities: { name: string }[] }[]) =>
      paths.map(({ entities }) => entities.map(({ name }) => name).join(''))
    const [best] = await graph.shortestPath(pair)
    expect(names(best ? [best] : [])).toEqual(['abcd'])
    expect(best?.cost).toBe(3)
    expect(best?.relations).toEqual(
      [related[0], related[2], related[3]].map((each) => each?.relation),
    )
    expect(names(await graph.shortestPath({ ...pair, isWeighted: false }))).toEqual(['ad'])
    const both = await graph.shortestPath({ ...pair, k: 5 })
    expect(names(both)).toEqual(['abcd', 'ad'])
    expect(both.map(({ cost }) => cost)).toEqual([3, 5])
    const back = { fromId: pair.toId, toId: pair.fromId }
    expect(names(await graph.shortestPath(back))).toEqual(['dcba'])
    expect(await graph.shortestPath({ ...back, direction: 'out' })).toEqual([])
    expect(names(await graph.shortestPath({ ...back, direction: 'in' }))).toEqual(['dcba'])
    expect(names(await graph.shortestPath({ ...pair, toId: pair.fromId }))).toEqual(['a'])
    expect(await graph.shortestPath({ ...pair, toId: 'none' })).toEqual([])
    expect(await graph.shortestPath({ fromId: 'none', toId: 'none' })).toEqual([])
  })

  it('takes the strongest of several relations between two entities', async () => {
    const { graph, idOf } = await open('a-b:0.1')
    const tie = { fromId: idOf('b'), toId: idOf('a'), relationType: 'likes', strength: 0.5 }
    const { relation } = await graph.relate(tie)
    const [way] = await graph.shortestPath({ fromId: idOf('a'), toId: idOf('b') })
    expect(way).toMatchObject({ cost: 2, relations: [{ id: relation.id }] })
  })

  it('finds the same costs as loading the whole graph, wherever it stops', async () => {
    const { graph, projectId } = await openGraph(database())
    const names = Array.from({ length: 300 }, (_, at) => `n${at}`)
    const idOf = await addNamed(graph, projectId, names)
    const pick = (seed: number) => `n${Math.abs(Math.imul(seed, 2_654_435_761)) % 300}`
    const ties = Array.from({ length: 900 }, (_, at) => ({
      from: pick(at + 1),
      to: pick(at + 5000),
      strength: 0.1 + ((at * 37) % 90) / 100,
    })).filter(({ from, to }) => from !== to)
    await graph.relateMany(
      ties.map(({ from, to, strength }) => ({
        fromId: idOf(from),
        toId: idOf(to),
        relationType: 'knows',
        strength,
      })),
    )
    const { relations } = await graph.subgraph({
      entityIds: names.slice(0, 100).map(idOf),
      depth: 5,
      limit: 300,
    })
    for (let at = 0; at < 20; at += 1) {
      const [from, to] = [pick(at + 77), pick(at + 991)]
      const [way] = await graph.shortestPath({ fromId: idOf(from), toId: idOf(to) })
      const expected = costBetween(relations, idOf(from), idOf(to))
      expect(way?.cost ?? Infinity).toBeCloseTo(expected, 6)
    }
  })
})

/** The least cost by going through all relations until nothing gets cheaper (Bellman and Ford). */
const costBetween = (
  relations: readonly { fromId: string; toId: string; strength: number }[],
  from: string,
  to: string,
): number => {
  const costs = new Map([[from, 0]])
  const steps = relations.flatMap(({ fromId, toId, strength }) => [
    { near: fromId, far: toId, cost: relationCost(strength) },
    { near: toId, far: fromId, cost: relationCost(strength) },
  ])
  const costTo = (id: string) => costs.get(id) ?? Infinity
  for (let isChanging = true; isChanging;) {
    const cheaper = steps.filter(({ near, far, cost }) => costTo(near) + cost < costTo(far))
    for (const { near, far, cost } of cheaper) {
      costs.set(far, Math.min(costTo(far), costTo(near) + cost))
    }
    isChanging = cheaper.length > 0
  }
  return costTo(to)
}

it('a relation costs from 1 to 100, the stronger the less', () => {
  const weight = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(weight, weight, (a, b) => {
      const [weak, strong] = [Math.min(a, b), Math.max(a, b)]
      expect(relationCost(weak)).toBeGreaterThanOrEqual(relationCost(strong))
      expect(relationCost(a)).toBeGreaterThanOrEqual(1)
      expect(relationCost(a)).toBeLessThanOrEqual(100)
    }),
  )
})
