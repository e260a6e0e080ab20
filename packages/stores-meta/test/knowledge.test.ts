import { countStatements, describeEachBackend } from '@athena-memory/testing'
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { createMetaStore } from '../src/meta-store.ts'
import { addEpisodes, addMemories, addProject, openMeta, readers, times } from './open-meta.ts'

describeEachBackend('what is known about domains', (database) => {
  it('is absent where there are no rows', async () => {
    const { store, projectId } = await openMeta(database())
    expect(await store.expertise({ projectId, domain: 'code' })).toBeUndefined()
    expect(await store.domains({ projectId })).toEqual({ domains: [] })
    expect(await store.gaps({ projectId })).toEqual({ gaps: [] })
    expect(await store.expertise({ projectId: 'none', domain: 'code' })).toBeUndefined()
    expect(
      await store.categorize({ projectId, domain: 'code', category: 'pattern' }),
    ).toBeUndefined()
  })

  it('is absent, not a constant, where only rows without confidence are', async () => {
    const { store, projectId, clock } = await openMeta(database())
    await addEpisodes(database(), projectId, times(3, { occurredAt: clock.now() }))
    const known = await store.expertise({ projectId, domain: 'code' })
    expect(known).toMatchObject({ episodes: 3, memories: 0 })
    expect(known?.meanConfidence).toBeUndefined()
    expect(known?.expertise).toBeUndefined()
    const [domain] = (await store.domains({ projectId })).domains
    expect(domain?.expertise).toBeUndefined()
    expect(domain?.meanUsefulness).toBeUndefined()
  })

  it('changes with the rows that it is computed from', async () => {
    const { store, projectId, clock } = await openMeta(database())
    const expertise = async () => (await store.expertise({ projectId, domain: 'code' }))?.expertise
    const [first = ''] = await addMemories(database(), projectId, times(6, { confidence: 0.5 }))
    expect(await expertise()).toEqual({ score: 6, level: 'beginner' })
    await addMemories(database(), projectId, times(2, { memoryType: 'pattern', confidence: 0.5 }))
    expect(await expertise()).toEqual({ score: 11, level: 'beginner' })
    await addEpisodes(database(), projectId, times(18, { occurredAt: clock.now() }))
    // (2 · 6 + 18 + 5 · 2) · .5
    expect(await expertise()).toEqual({ score: 20, level: 'intermediate' })
    const { memories } = database().tables
    await database().query.update(memories).set({ confidence: 1 })
    expect(await expertise()).toEqual({ score: 40, level: 'intermediate' })
    await database().query.delete(memories).where(eq(memories.id, first))
    expect(await expertise()).toEqual({ score: 38, level: 'intermediate' })
  })

  it('is listed as it is now, the highest expertise first, each domain once', async () => {
    const { store, projectId, clock } = await openMeta(database())
    const other = await addProject(database(), 'other')
    await addMemories(database(), other, [{ domain: 'foreign' }])
    for (const [at, domain] of ['a', 'b', 'c', 'd'].entries()) {
      await addMemories(database(), projectId, times(at < 2 ? 3 : at, { domain, confidence: 1 }))
    }
    await addEpisodes(database(), projectId, [{ phase: 'e', occurredAt: clock.now() }])
    const list = async () => {
      const seen = []
      let cursor: string | undefined
      do {
        const page = await store.domains({ projectId, limit: 2, cursor })
        seen.push(...page.domains)
        cursor = page.nextCursor
      } while (cursor !== undefined)
      return seen
    }
    const scores = (await list()).map(({ domain, expertise }) => [domain, expertise?.score])
    expect(scores.map(([, score]) => score)).toEqual([6, 6, 6, 4, undefined])
    expect(scores[3]?.[0]).toBe('c')
    expect(new Set(scores.map(([domain]) => domain)).size).toBe(5)
    const { memories } = database().tables
    await database().query.delete(memories).where(eq(memories.domain, 'a'))
    await addMemories(database(), projectId, times(9, { domain: 'c', confidence: 1 }))
    expect((await list()).map(({ domain }) => domain)[0]).toBe('c')
    expect((await list()).map(({ domain }) => domain).toSorted()).toEqual(['b', 'c', 'd', 'e'])
  })

  it('keeps its category, and says when the figures changed', async () => {
    const { store, projectId, clock } = await openMeta(database())
    await addMemories(database(), projectId, times(2, { confidence: 0.9, usefulness: 0.7 }))
    const first = (await store.domains({ projectId })).domains[0]
    expect(first).toEqual({
      domain: 'code',
      category: 'general',
      memories: 2,
      episodes: 0,
      procedures: 0,
      entities: 0,
      meanConfidence: expect.closeTo(0.9, 12),
      meanUsefulness: expect.closeTo(0.7, 12),
      firstSeenAt: expect.any(Date),
      expertise: { score: expect.closeTo(3.6, 12), level: 'beginner' },
      strengths: ['confidence', 'usefulness'],
      assessedAt: clock.now(),
    })
    clock.advance(1000)
    const category = 'technology'
    expect(await store.categorize({ projectId, domain: 'code', category })).toMatchObject({
      category,
      assessedAt: first?.assessedAt,
    })
    await addMemories(database(), projectId, [{}])
    expect((await store.domains({ projectId, category })).domains).toMatchObject([
      { memories: 3, category, assessedAt: clock.now() },
    ])
    expect((await store.domains({ projectId, category: 'pattern' })).domains).toEqual([])
    await expect(store.domains({ projectId, cursor: 'x' })).rejects.toThrow('cursor must be')
  })

  it('takes as many statements for many domains as for one, and writes what has changed only', async () => {
    const { projectId } = await openMeta(database())
    const statements = async () => {
      const counter = { statements: 0 }
      const store = createMetaStore(countStatements(database(), counter), { readers })
      await store.domains({ projectId })
      return counter.statements
    }
    await addMemories(database(), projectId, [{ domain: 'first' }])
    const one = await statements()
    const domains = Array.from({ length: 200 }, (_, at) => ({ domain: `d${at}` }))
    await addMemories(database(), projectId, domains)
    expect(await statements()).toBe(one)
    expect(await statements()).toBeLessThan(one)
  })

  it('is the same for many who ask at once', async () => {
    const { store, projectId } = await openMeta(database())
    await addMemories(database(), projectId, times(3, {}))
    const answers = await Promise.all(times(8, '').map(() => store.domains({ projectId })))
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    const { query, tables } = database()
    expect(await query.$count(tables.domainCoverage)).toBe(1)
  })
})
