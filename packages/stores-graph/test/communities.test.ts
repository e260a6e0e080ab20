import { describeEachBackend } from '@athena-memory/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../src/analysis/seeded-random.ts'
import { createWeightedGraph } from '../src/analysis/weighted-graph.ts'
import { densityOf, draftCommunities } from '../src/communities/community-drafts.ts'
import { extractSummary } from '../src/communities/extract-summary.ts'
import { modularityOf, partition } from '../src/communities/louvain.ts'
import { addNamed, openGraph, relateAll } from './open-graph.ts'

/** Ties between 200 members of eight groups: likely inside a group, unlikely between two. */
const plantGroups = (seed: number, inside = 0.4, between = 0.02) => {
  const random = seededRandom(seed)
  const members = Array.from({ length: 200 }, (_, at) => ({ id: `n${at}`, group: at % 8 }))
  const edges = members.flatMap((a, at) =>
    members
      .slice(at + 1)
      .filter((b) => random() < (a.group === b.group ? inside : between))
      .map((b) => ({ id: `${a.id}-${b.id}`, fromId: a.id, toId: b.id, weight: 1 })),
  )
  return { edges, planted: new Map(members.map(({ id, group }) => [id, group])) }
}

describe('partition', () => {
  it.each([1, 2, 3, 4, 5])('is worth at least 95 %% of the planted groups: seed %i', (seed) => {
    const { edges, planted } = plantGroups(seed)
    const graph = createWeightedGraph(edges)
    const found = partition(graph, { resolution: 1, seed }).at(-1)
    const goal = modularityOf(graph, planted)
    expect(goal).toBeGreaterThan(0.3)
    expect(found?.modularity).toBeGreaterThanOrEqual(0.95 * goal)
    expect(modularityOf(graph, found?.groups ?? new Map())).toBe(found?.modularity)
  })

  it('finds the same groups for the same seed', () => {
    const graph = createWeightedGraph(plantGroups(7, 0.2, 0.05).edges)
    const options = { resolution: 1, seed: 42 }
    expect(partition(graph, options)).toEqual(partition(graph, options))
  })

  it('joins groups from level to level, and gains by it', () => {
    const graph = createWeightedGraph(plantGroups(3, 0.15, 0.03).edges)
    const levels = partition(graph, { resolution: 1, seed: 1 })
    expect(levels.length).toBeGreaterThan(1)
    for (const [at, { groups, modularity }] of levels.slice(1).entries()) {
      const finer = levels[at]
      const parents = new Map<number, number>()
      for (const [node, group] of finer?.groups ?? []) {
        const parent = groups.get(node) ?? -1
        expect(parents.get(group) ?? parent).toBe(parent)
        parents.set(group, parent)
      }
      expect(modularity).toBeGreaterThan(finer?.modularity ?? 1)
      expect(new Set(groups.values()).size).toBeLessThan(new Set(finer?.groups.values()).size)
    }
  })

  it('of nothing is nothing', () => {
    expect(partition(createWeightedGraph([]), { resolution: 1, seed: 1 })).toEqual([])
  })
})

describe('draftCommunities', () => {
  it('counts every pair once, and every member', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const graph = createWeightedGraph(plantGroups(seed, 0.1, 0.01).edges)
        const drafts = draftCommunities(graph, partition(graph, { resolution: 1, seed }), 1)
        for (const level of new Set(drafts.map((draft) => draft.level))) {
          const all = drafts.filter((draft) => draft.level === level)
          const sum = (of: (draft: (typeof all)[number]) => number) =>
            all.reduce((total, draft) => total + of(draft), 0)
          expect(sum(({ memberIds }) => memberIds.length)).toBe(graph.order)
          expect(
            sum(({ internalEdges }) => internalEdges) +
              sum(({ externalEdges }) => externalEdges) / 2,
          ).toBe(graph.size)
          for (const { density } of all) {
            expect(density).toBeGreaterThanOrEqual(0)
            expect(density).toBeLessThanOrEqual(1)
          }
        }
      }),
      { numRuns: 20 },
    )
  })

  it('has a density of related pairs among all', () => {
    expect([densityOf(3, 3), densityOf(1, 3), densityOf(0, 1)]).toEqual([1, 1 / 3, 1])
  })
})

describe('extractSummary', () => {
  it('holds whole characters, and no more than its limits', () => {
    const text = fc.string({ unit: 'binary' })
    fc.assert(
      fc.property(fc.array(text, { maxLength: 20 }), (texts) => {
        const observations = texts.map((each) => ({ text: each }))
        const members = texts.map((_, at) => ({ name: `m${at}`, entityType: 'thing' }))
        const summary = extractSummary({ memberCount: 30, members, relations: [], observations })
        const [who = '', ...what] = summary.split('\n')
        expect(who).toContain(`and ${30 - Math.min(texts.length, 8)} more`)
        expect(what.length).toBeLessThanOrEqual(8)
        for (const line of what) expect(Array.from(line).length).toBeLessThanOrEqual(240)
        expect(summary).not.toMatch(/\p{Surrogate}/u)
      }),
    )
  })
})

const TWO_GROUPS = 'a-b a-c b-c a-d b-d c-d d-e:0.1 e-f e-g f-g e-h f-h g-h'

describeEachBackend('communities', (database) => {
  const open = async (ties = TWO_GROUPS) => {
    const opened = await openGraph(database())
    const names = [...new Set(ties.replaceAll(/:[\d.]+/g, '').split(/[- ]/))]
    const idOf = await addNamed(opened.graph, opened.projectId, [...names, 'alone'])
    await relateAll(opened.graph, idOf, ties)
    const { graph, projectId } = opened
    const membersOf = async (communityId: string) =>
      (await graph.communityMembers({ communityId })).entities.map(({ name }) => name).join('')
    const groups = async (level = 0) => {
      const { communities } = await graph.communities({ projectId, level })
      return Promise.all(communities.map(({ id }) => membersOf(id)))
    }
    return { ...opened, idOf, membersOf, groups }
  }

  it('are stored with their members and figures', async () => {
    const { graph, projectId, groups, clock } = await open()
    const found = await graph.detectCommunities({ projectId })
    expect(found).toMatchObject({ levels: [{ level: 0, communities: 2 }], members: 8 })
    expect((await groups()).toSorted()).toEqual(['abcd', 'efgh'])
    const { communities } = await graph.communities({ projectId })
    for (const community of communities) {
      expect(community).toEqual({
        id: expect.any(String),
        projectId,
        level: 0,
        label: expect.stringMatching(/^[d-e], \w, \w$/),
        memberCount: 4,
        density: 1,
        internalEdges: 6,
        externalEdges: 1,
        modularity: found.levels[0]?.modularity,
        detectedAt: clock.now(),
      })
    }
    expect((await graph.communities({ projectId, level: 1 })).communities).toEqual([])
    expect((await graph.detectCommunities({ projectId, minSize: 5 })).levels).toEqual([])
    expect(await groups()).toEqual([])
  })

  it('are there once when several look for them at once', async () => {
    const { graph, projectId, groups } = await open()
    await Promise.all(Array.from({ length: 5 }, () => graph.detectCommunities({ projectId })))
    expect((await groups()).toSorted()).toEqual(['abcd', 'efgh'])
  })

  it('hold each other from level to level', async () => {
    const { edges } = plantGroups(3, 0.15, 0.03)
    const { graph, projectId, groups } = await open(edges.map(({ id }) => id).join(' '))
    const { levels, members } = await graph.detectCommunities({ projectId })
    expect(levels.length).toBeGreaterThan(1)
    const coarsest = levels.length - 1
    const { communities: coarse } = await graph.communities({ projectId, level: coarsest })
    expect(coarse.reduce((sum, { memberCount }) => sum + memberCount, 0)).toBe(members)
    const { communities: fine } = await graph.communities({ projectId, level: coarsest - 1 })
    for (const { id, memberCount } of coarse) {
      const inside = fine.filter(({ parentId }) => parentId === id)
      expect(inside.reduce((sum, each) => sum + each.memberCount, 0)).toBe(memberCount)
      const { entities } = await graph.communityMembers({ communityId: id, limit: 500 })
      expect(entities).toHaveLength(memberCount)
    }
    expect(await groups(coarsest)).toHaveLength(coarse.length)
  })

  it('stay the same ones, with their summaries, while their members do', async () => {
    const { graph, projectId, idOf, membersOf } = await open()
    await graph.detectCommunities({ projectId })
    const { communities } = await graph.communities({ projectId })
    for (const { id } of communities) await graph.summarizeCommunity(id)
    await relateAll(graph, idOf, 'e-alone f-alone')
    await graph.detectCommunities({ projectId })
    const { communities: after } = await graph.communities({ projectId })
    const kept = after.find(({ id }) => communities.some((before) => before.id === id))
    expect(kept?.summary).toBeDefined()
    expect(await membersOf(kept?.id ?? '')).toBe('abcd')
    const renewed = after.find(({ id }) => id !== kept?.id)
    expect(renewed?.summary).toBeUndefined()
    const { results } = await graph.search({ projectId, query: 'thing', kinds: ['community'] })
    expect(results.map(({ id }) => id)).toEqual([kept?.id])
  })

  it('are summarised in sentences that are there, and found by them', async () => {
    const { graph, projectId, idOf } = await open()
    await graph.observe({ entityId: idOf('d'), content: 'Repairs accordions' })
    await graph.detectCommunities({ projectId })
    const { communities } = await graph.communities({ projectId })
    const ids = communities.map(({ id }) => id)
    for (const id of ids) await graph.summarizeCommunity(id)
    const { results } = await graph.search({
      projectId,
      query: 'who repairs accordions?',
      kinds: ['community'],
    })
    expect(results).toHaveLength(1)
    const { communities: summarized } = await graph.communities({ projectId })
    const told = summarized.find(({ id }) => id === results[0]?.id)
    expect(told).toMatchObject({ summaryMethod: 'extractive', summary: results[0]?.content })
    expect(told?.summary).toContain('d (thing)')
    expect(told?.summary).toContain('a knows b')
    expect(told?.summary).toContain('d: Repairs accordions')
    expect(await graph.summarizeCommunity('none')).toBeUndefined()
  })

  it('are tied together by bridges', async () => {
    const { graph, projectId, idOf } = await open()
    expect(await graph.bridges({ projectId })).toEqual([])
    await relateAll(graph, idOf, 'd-f:0.1')
    await graph.detectCommunities({ projectId })
    const bridges = await graph.bridges({ projectId })
    expect(bridges[0]).toMatchObject({ entity: { name: 'd' }, relations: 2 })
    expect(bridges.map(({ entity }) => entity.name).toSorted()).toEqual(['d', 'e', 'f'])
    for (const { communityId, reachedIds } of bridges) expect(reachedIds).not.toContain(communityId)
    expect(await graph.bridges({ projectId, minCommunities: 2 })).toEqual([])
    expect(await graph.bridges({ projectId, limit: 1 })).toHaveLength(1)
  })

  it('are listed the largest first, page by page', async () => {
    const { graph, projectId } = await open('a-b a-c b-c e-f h-i')
    await graph.detectCommunities({ projectId })
    const page = await graph.communities({ projectId, limit: 2 })
    const rest = await graph.communities({ projectId, limit: 2, cursor: page.nextCursor })
    const all = [...page.communities, ...rest.communities]
    expect(all.map(({ memberCount }) => memberCount)).toEqual([3, 2, 2])
    expect(new Set(all.map(({ id }) => id)).size).toBe(3)
    const communityId = all[0]?.id ?? ''
    const members = await graph.communityMembers({ communityId, limit: 2 })
    const others = await graph.communityMembers({
      communityId,
      limit: 2,
      cursor: members.nextCursor,
    })
    expect([...members.entities, ...others.entities].map(({ name }) => name)).toEqual([
      'a',
      'b',
      'c',
    ])
  })
})
