import type { Database } from '@athena-memory/db-core'
import { describeEachBackend } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import { createSemanticStore } from '../src/semantic-store.ts'
import { addProject, openSemantic } from './open-semantic.ts'

/** A database that counts the updates made through it, inside its transactions too. */
const countUpdates = (db: Database, counter: { updates: number }): Database => ({
  ...db,
  query: new Proxy(db.query, {
    get(target, name) {
      if (name === 'update') counter.updates += 1
      const value: unknown = Reflect.get(target, name)
      return typeof value === 'function' ? value.bind(target) : value
    },
  }),
  transaction: (work) => db.transaction((tx) => work(countUpdates(tx, counter))),
})

describeEachBackend('recall', (database) => {
  it('says what it found and why', async () => {
    const { store, projectId } = await openSemantic(database())
    const { memory } = await store.remember({
      projectId,
      content: 'Ada prefers tabs over spaces',
      memoryType: 'preference',
      tags: ['style'],
      speaker: 'Ada',
      role: 'user',
      groupId: 'session-1',
      position: 4,
      occurredAt: new Date('2025-12-24T00:00:00Z'),
    })
    await store.remember({ projectId, content: 'Tea is sold by weight' })
    const { results, notices } = await store.recall({ projectId, query: 'tabs or spaces?' })
    expect(notices).toEqual([])
    expect(results).toMatchObject([
      {
        id: memory.id,
        layer: 'semantic',
        content: 'Ada prefers tabs over spaces',
        hybridScore: expect.any(Number),
        semanticSimilarity: expect.any(Number),
        keywordRank: 1,
        signals: { text: expect.any(Number) },
        memoryType: 'preference',
        tags: ['style'],
        speaker: 'Ada',
        role: 'user',
        groupId: 'session-1',
        position: 4,
        occurredAt: new Date('2025-12-24T00:00:00Z'),
      },
    ])
  })

  it('finds nothing rather than anything', async () => {
    const { store, projectId } = await openSemantic(database())
    await store.remember({ projectId, content: 'Tea is sold by weight' })
    expect((await store.recall({ projectId, query: 'quantum chromodynamics' })).results).toEqual([])
    expect(
      (await store.recall({ projectId, query: "'; drop table memories; --" })).results,
    ).toEqual([])
  })

  it('keeps to the project, types, tags and states that are asked for', async () => {
    const { store, projectId } = await openSemantic(database())
    const other = await addProject(database(), 'other')
    const remembered = async (fields: object) =>
      (await store.remember({ projectId, content: `Tea ${JSON.stringify(fields)}`, ...fields }))
        .memory
    const fact = await remembered({ tags: ['green', 'hot'] })
    const decision = await remembered({ memoryType: 'decision', tags: ['green'] })
    await remembered({ projectId: other })
    const recalled = async (fields: object) => {
      const { results } = await store.recall({ projectId, query: 'tea', ...fields })
      return results.map(({ id }) => id).toSorted()
    }
    expect(await recalled({})).toEqual([fact.id, decision.id].toSorted())
    expect(await recalled({ memoryTypes: ['decision'] })).toEqual([decision.id])
    expect(await recalled({ tags: ['green', 'hot'] })).toEqual([fact.id])
    expect(await recalled({ limit: 1 })).toHaveLength(1)
    await store.setConsolidationState([fact.id], 'consolidating')
    expect(await recalled({ consolidationStates: ['consolidating'] })).toEqual([fact.id])
    await store.update(decision.id, { memoryType: 'pattern', tags: ['black'] })
    expect(await recalled({ memoryTypes: ['pattern'], tags: ['black'] })).toEqual([decision.id])
    expect(await recalled({ memoryTypes: ['decision'] })).toEqual([])
  })

  it('searches all projects but one', async () => {
    const { store, projectId } = await openSemantic(database())
    const [second, third] = [
      await addProject(database(), 'second'),
      await addProject(database(), 'third'),
    ]
    for (let at = 0; at < 12; at += 1)
      await store.remember({ projectId, content: `Tea tea tea ${at}` })
    for (const each of [second, third]) {
      await store.remember({ projectId: each, content: 'Tea is kept in the cellar' })
    }
    const everywhere = await store.searchAcrossProjects({ query: 'tea', limit: 50 })
    expect(everywhere.results).toHaveLength(14)
    const others = await store.searchAcrossProjects({
      query: 'tea',
      excludeProjectId: projectId,
      limit: 2,
    })
    expect(others.results.map((each) => each.projectId).toSorted()).toEqual(
      [second, third].toSorted(),
    )
  })

  it('counts the access, and opens consolidated memories to change', async () => {
    const { store, projectId, clock } = await openSemantic(database())
    const { results } = await store.rememberMany(
      ['Tea is green', 'Tea is black'].map((content) => ({ projectId, content })),
    )
    const [green = '', black = ''] = results.map(({ memory }) => memory.id)
    await store.setConsolidationState([green], 'consolidating')
    await store.setConsolidationState([green], 'consolidated')
    clock.advance(1000)
    const silent = await store.recall({ projectId, query: 'tea', markRetrieved: false })
    expect(silent.results.map(({ accessCount }) => accessCount)).toEqual([0, 0])
    await store.recall({ projectId, query: 'tea' })
    expect(await store.get(green)).toMatchObject({
      accessCount: 1,
      lastAccessedAt: clock.now(),
      lastRetrievedAt: clock.now(),
      consolidationState: 'labile',
    })
    expect(await store.get(black)).toMatchObject({
      accessCount: 1,
      consolidationState: 'unconsolidated',
    })
    const labile = await store.recall({ projectId, query: 'tea', consolidationStates: ['labile'] })
    expect(labile.results.map(({ id }) => id)).toEqual([green])
  })

  it('marks a whole result at once, not memory by memory', async () => {
    const { store, projectId, documents } = await openSemantic(database())
    const many = Array.from({ length: 20 }, (_, at) => ({
      projectId,
      content: `Tea of kind ${at}`,
    }))
    const ids = (await store.rememberMany(many)).results.map(({ memory }) => memory.id)
    const counter = { updates: 0 }
    const counted = createSemanticStore(countUpdates(database(), counter), { documents })
    expect(await counted.markAccessed([...ids, 'none'])).toBe(20)
    expect(counter.updates).toBe(1)
    expect((await counted.recall({ projectId, query: 'tea', limit: 20 })).results).toHaveLength(20)
    // One statement for the memories and one for their documents.
    expect(counter.updates).toBe(3)
    expect((await store.list({ projectId })).memories.map((each) => each.accessCount)).toEqual(
      many.map(() => 2),
    )
  })
})
