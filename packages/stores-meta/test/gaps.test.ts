import { describeEachBackend } from '@athena-memory/testing'
import { eq, inArray } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { createMetaStore } from '../src/meta-store.ts'
import { addEpisodes, addMemories, addProject, DAY_MS, item, openMeta, times } from './open-meta.ts'

describeEachBackend('gaps', (database) => {
  const open = async () => {
    const opened = await openMeta(database())
    const { store, projectId } = opened
    const kinds = async (fields: object = {}) =>
      (await store.gaps({ projectId, ...fields })).gaps.map(({ kind }) => kind)
    return { ...opened, kinds }
  }

  it('open and close with the data that they are found in', async () => {
    const { projectId, kinds } = await open()
    const [first = ''] = await addMemories(database(), projectId, times(4, { confidence: 0.9 }))
    expect(await kinds()).toEqual(['few-memories'])
    const added = await addMemories(database(), projectId, times(1, { confidence: 0.9 }))
    expect(await kinds()).toEqual([])
    const { memories } = database().tables
    await database().query.update(memories).set({ confidence: 0.2 })
    expect(await kinds()).toEqual(['low-confidence'])
    await database().query.update(memories).set({ confidence: 0.6 })
    await database()
      .query.delete(memories)
      .where(inArray(memories.id, [first, ...added]))
    expect(await kinds()).toEqual(['few-memories'])
    expect(await kinds({ status: 'resolved' })).toEqual(['low-confidence', 'few-memories'])
  })

  it('are found in failures of the last thirty days', async () => {
    const { store, projectId, kinds, clock } = await open()
    const now = { occurredAt: clock.now() }
    const failed = await addEpisodes(database(), projectId, [
      ...times(2, { ...now, outcome: 'failure' }),
    ])
    await addEpisodes(database(), projectId, times(3, { ...now, outcome: 'success' }))
    const { gaps } = await store.gaps({ projectId, kinds: ['failures'] })
    expect(gaps).toMatchObject([
      { subject: 'code', severity: 0.4, description: '2 of 5 outcomes were failures' },
    ])
    expect(gaps[0]?.evidence.map(({ id }) => id).toSorted()).toEqual(failed.toSorted())
    await addEpisodes(database(), projectId, times(3, { ...now, outcome: 'success' }))
    expect(await kinds({ kinds: ['failures'] })).toEqual([])
    await addEpisodes(database(), projectId, times(3, { ...now, outcome: 'failure' }))
    expect(await kinds({ kinds: ['failures'] })).toEqual(['failures'])
    clock.advance(31 * DAY_MS)
    expect(await kinds({ kinds: ['failures'] })).toEqual([])
  })

  it('are found in episodes that taught no procedure, and in contradictions', async () => {
    const { store, projectId, kinds, clock } = await open()
    await addMemories(
      database(),
      projectId,
      times(5, {}).map(() => ({ confidence: 1 })),
    )
    await addEpisodes(database(), projectId, times(20, { occurredAt: clock.now() }))
    const ids = await addMemories(
      database(),
      projectId,
      times(2, { memoryType: 'decision', source: 'hours', confidence: 1 }),
    )
    const { gaps } = await store.gaps({ projectId })
    expect(gaps.map(({ kind, severity }) => `${kind} ${severity}`).toSorted()).toEqual([
      'contradiction 0.5',
      'no-procedure 0.5',
    ])
    const contradiction = gaps.find(({ kind }) => kind === 'contradiction')
    expect(contradiction).toMatchObject({
      subject: 'hours',
      description: '2 rows contradict one another',
    })
    expect(contradiction?.evidence.map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
    await addMemories(database(), projectId, [{ memoryType: 'pattern', confidence: 1 }])
    const { memories } = database().tables
    await database()
      .query.delete(memories)
      .where(eq(memories.id, ids[0] ?? ''))
    expect(await kinds()).toEqual([])
  })

  it('that somebody resolved open again only when they get worse', async () => {
    const { store, projectId, kinds, clock } = await open()
    const ids = await addMemories(database(), projectId, times(3, { confidence: 1 }))
    const [gap] = (await store.gaps({ projectId })).gaps
    clock.advance(1000)
    const resolved = await store.resolveGap(gap?.id ?? '', 'no more is to be known')
    expect(resolved).toEqual({
      ...gap,
      resolvedAt: clock.now(),
      resolution: 'no more is to be known',
    })
    expect(await store.resolveGap(gap?.id ?? '', 'once more')).toEqual(resolved)
    expect(await store.resolveGap('none', 'x')).toBeUndefined()
    expect(await kinds()).toEqual([])
    expect(await kinds({ status: 'all' })).toEqual(['few-memories'])
    const { memories } = database().tables
    await database()
      .query.delete(memories)
      .where(eq(memories.id, ids[0] ?? ''))
    expect(await kinds()).toEqual(['few-memories'])
    expect(await kinds({ status: 'all' })).toHaveLength(2)
  })

  it('are listed the most severe first, each once, by kind and domain', async () => {
    const { store, projectId } = await open()
    const other = await addProject(database(), 'other')
    await addMemories(database(), other, [{ domain: 'foreign' }])
    for (const [at, domain] of ['a', 'b', 'c', 'd'].entries()) {
      await addMemories(database(), projectId, times(at + 1, { domain, confidence: 0.4 }))
    }
    const seen = []
    let cursor: string | undefined
    do {
      const page = await store.gaps({ projectId, limit: 3, cursor })
      seen.push(...page.gaps)
      cursor = page.nextCursor
    } while (cursor !== undefined)
    expect(seen).toHaveLength(8)
    expect(new Set(seen.map(({ id }) => id)).size).toBe(8)
    const severities = seen.map(({ severity }) => severity)
    expect(severities).toEqual(severities.toSorted((x, y) => y - x))
    const some = await store.gaps({ projectId, kinds: ['few-memories'], domain: 'a' })
    expect(some.gaps).toMatchObject([{ subject: 'a', severity: 0.8 }])
  })

  it('are found once by many who ask at once', async () => {
    const { store, projectId } = await open()
    await addMemories(database(), projectId, [{}])
    await Promise.all(times(8, '').map(() => store.gaps({ projectId })))
    const { query, tables } = database()
    expect(await query.$count(tables.knowledgeGaps)).toBe(
      (await store.gaps({ projectId })).gaps.length,
    )
  })

  it('are not taken for closed by a list that was cut off', async () => {
    const { projectId, clock } = await open()
    const contradictions = times(1001, '').map((_, at) => ({
      subject: `s${at}`,
      severity: 0.5,
      items: [item('a'), item('b')],
    }))
    let offset = 0
    const store = createMetaStore(database(), {
      now: clock.now,
      readers: {
        layers: [
          {
            layer: 'semantic',
            countsAs: 'memories',
            domains: async () => [],
            contradictions: async (_, { limit }) => contradictions.slice(offset, offset + limit),
          },
        ],
      },
    })
    await store.gaps({ projectId })
    offset = 1
    await store.gaps({ projectId })
    const { query, tables } = database()
    expect(await query.$count(tables.knowledgeGaps)).toBe(1001)
    expect((await store.gaps({ projectId, status: 'resolved' })).gaps).toEqual([])
  })
})
