import { newId } from '@athena-memory/db-core'
import { describeEachBackend } from '@athena-memory/testing'
import { describe, expect, it } from 'vitest'
import type { MemorySort } from '../src/list-memories.ts'
import { scoreUsefulness } from '../src/usefulness.ts'
import { DAY_MS, openSemantic } from './open-semantic.ts'

describeEachBackend('upkeep of memories', (database) => {
  describe('list', () => {
    it.each(['recent', 'useful', 'accessed'] as const)(
      'gives every memory once, %s first',
      async (sort: MemorySort) => {
        const { store, projectId, clock } = await openSemantic(database())
        const types = ['context', 'decision', 'fact', 'fact', 'pattern'] as const
        for (const [at, memoryType] of types.entries()) {
          const { memory } = await store.remember({ projectId, content: `Tea ${at}`, memoryType })
          for (let times = 0; times < at % 3; times += 1) await store.markAccessed([memory.id])
          clock.advance(at % 2 === 0 ? 0 : 1000)
        }
        await store.rescore(projectId)
        const seen = []
        let cursor: string | undefined
        do {
          const page = await store.list({ projectId, sort, cursor, limit: 2 })
          seen.push(...page.memories)
          cursor = page.nextCursor
        } while (cursor !== undefined)
        expect(new Set(seen.map(({ id }) => id)).size).toBe(types.length)
        const values = seen.map((memory) => {
          if (sort === 'recent') return memory.createdAt.getTime()
          return sort === 'useful' ? memory.usefulness : memory.accessCount
        })
        expect(values).toEqual(values.toSorted((a, b) => b - a))
      },
    )

    it('filters by type, domain and state, and refuses a cursor of its own making', async () => {
      const { store, projectId } = await openSemantic(database())
      await store.remember({ projectId, content: 'a', domain: 'code' })
      await store.remember({ projectId, content: 'b', memoryType: 'pattern' })
      const contents = async (fields: object) =>
        (await store.list({ projectId, ...fields })).memories.map(({ content }) => content)
      expect(await contents({ domain: 'code' })).toEqual(['a'])
      expect(await contents({ memoryTypes: ['pattern'] })).toEqual(['b'])
      expect(await contents({ consolidationStates: ['labile'] })).toEqual([])
      await expect(store.list({ projectId, cursor: 'x' })).rejects.toThrow('cursor must be')
    })
  })

  it('updates attributes and leaves the content', async () => {
    const { store, projectId, clock } = await openSemantic(database())
    const { memory } = await store.remember({ projectId, content: 'Tea', source: 'x', tags: ['a'] })
    clock.advance(1000)
    const validUntil = new Date('2030-01-01T00:00:00Z')
    const changed = await store.update(memory.id, { source: null, confidence: 0.5, validUntil })
    expect(changed).toEqual({
      ...memory,
      source: undefined,
      confidence: 0.5,
      validUntil,
      updatedAt: clock.now(),
    })
    expect(await store.update('none', { confidence: 1 })).toBeUndefined()
    await expect(store.update(memory.id, { confidence: 2 })).rejects.toThrow('confidence must be')
    await expect(store.update(memory.id, { validFrom: validUntil })).rejects.toThrow(
      'validFrom must be before validUntil',
    )
    expect((await store.update(memory.id, { validUntil: null }))?.validUntil).toBeUndefined()
  })

  it('moves memories through the states, all or none', async () => {
    const { store, projectId } = await openSemantic(database())
    const { results } = await store.rememberMany(
      ['a', 'b'].map((content) => ({ projectId, content })),
    )
    const [a = '', b = ''] = results.map(({ memory }) => memory.id)
    expect(await store.setConsolidationState([a, 'none'], 'consolidating')).toHaveLength(1)
    await expect(store.setConsolidationState([a, b], 'consolidated')).rejects.toThrow(
      'state cannot become consolidated from unconsolidated',
    )
    expect((await store.get(a))?.consolidationState).toBe('consolidating')
    await expect(store.setConsolidationState([a], 'superseded')).rejects.toMatchObject({
      code: 'invalid',
    })
  })

  it('knows which memories are open to change, for an hour unless told otherwise', async () => {
    const { store, projectId, clock } = await openSemantic(database())
    const { memory } = await store.remember({ projectId, content: 'Tea is green' })
    await store.setConsolidationState([memory.id], 'consolidating')
    await store.setConsolidationState([memory.id], 'consolidated')
    expect(await store.reconsolidationWindow({ projectId })).toEqual([])
    await store.recall({ projectId, query: 'tea' })
    clock.advance(59 * 60_000)
    expect(await store.reconsolidationWindow({ projectId })).toMatchObject([{ id: memory.id }])
    expect(await store.reconsolidationWindow({ projectId, windowMinutes: 5 })).toEqual([])
    clock.advance(60_000)
    expect(await store.reconsolidationWindow({ projectId })).toEqual([])
  })

  it('rescores all current memories of a project', async () => {
    const { store, projectId, clock } = await openSemantic(database())
    await store.rememberMany(
      Array.from({ length: 3 }, (_, at) => ({ projectId, content: `Tea ${at}` })),
    )
    expect(await store.rescore(projectId)).toEqual({ scored: 3, changed: 0 })
    const { memories } = await store.list({ projectId })
    await store.markAccessed(memories.slice(1).map(({ id }) => id))
    clock.advance(30 * DAY_MS)
    expect(await store.rescore(projectId)).toEqual({ scored: 3, changed: 2 })
    for (const memory of (await store.list({ projectId })).memories) {
      expect(memory.usefulness).toBe(scoreUsefulness(memory, clock.now()))
    }
    expect(await store.rescore('none')).toEqual({ scored: 0, changed: 0 })
  })

  describe('prune', () => {
    const idle = async () => {
      const opened = await openSemantic(database())
      const { store, projectId, clock } = opened
      const remembered = async (content: string, fields: object = {}) =>
        (await store.remember({ projectId, content, ...fields })).memory.id
      const used = await remembered('used once, long ago')
      await store.markAccessed([used])
      const said = await remembered('said by a person', { trust: 'user' })
      const chosen = await remembered('a decision', { memoryType: 'decision' })
      const evidence = await remembered('evidence')
      await store.markAccessed([said, chosen, evidence])
      await remembered('never recalled')
      const { query, tables } = database()
      await query.insert(tables.derivations).values({
        id: newId(),
        derivedLayer: 'procedural',
        derivedId: 'p1',
        evidenceLayer: 'semantic',
        evidenceId: evidence,
        method: 'test',
        confidence: 1,
        createdAt: clock.now(),
      })
      clock.advance(400 * DAY_MS)
      const recent = await remembered('used yesterday')
      await store.markAccessed([recent])
      clock.advance(DAY_MS)
      return { ...opened, used }
    }

    it('never deletes what was simply not recalled yet, nor what a person said', async () => {
      const { store, projectId, used } = await idle()
      const report = await store.prune({ projectId, dryRun: false })
      expect(report.memories.map(({ id }) => id)).toEqual([used])
      expect(report).toMatchObject({ dryRun: false, erased: 1 })
      expect(await store.get(used)).toBeUndefined()
      expect((await store.list({ projectId })).memories).toHaveLength(5)
    })

    it('only says what would go unless told otherwise', async () => {
      const { store, projectId, used } = await idle()
      const report = await store.prune({ projectId })
      expect(report).toMatchObject({ dryRun: true, erased: 0, memories: [{ id: used }] })
      expect(await store.get(used)).toBeDefined()
      expect((await store.prune({ projectId, idleDays: 500 })).memories).toEqual([])
      expect((await store.prune({ projectId, minUsefulness: 0 })).memories).toEqual([])
    })
  })

  it('judges a memory by its usefulness now', async () => {
    const { store, projectId, clock } = await openSemantic(database())
    const { memory } = await store.remember({ projectId, content: 'Tea', confidence: 0.5 })
    await store.markAccessed([memory.id])
    clock.advance(10 * DAY_MS)
    const current = await store.get(memory.id)
    const usefulness = current && scoreUsefulness(current, clock.now())
    expect(await store.quality(memory.id)).toEqual({
      score: expect.any(Number),
      tier: 'fair',
      parts: { usefulness, confidence: 0.5, access: 0.01 },
    })
    expect(await store.quality('none')).toBeUndefined()
  })
})
