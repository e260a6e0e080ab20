import { countStatements, describeEachBackend } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import { createMetaStore } from '../src/meta-store.ts'
import { addProject, DAY_MS, item, openMeta, readers, times } from './open-meta.ts'

describeEachBackend('quality', (database) => {
  it('counts accesses, and judges only where somebody could tell', async () => {
    const { store, projectId, clock } = await openMeta(database())
    const access = (fields: object) =>
      store.recordAccess({ projectId, items: [{ ...item('a'), ...fields }] })
    expect(await access({})).toEqual([
      {
        ...item('a'),
        projectId,
        domain: undefined,
        accessCount: 1,
        judgedCount: 0,
        usefulCount: 0,
        usefulness: undefined,
        confidence: undefined,
        relevance: 1,
        source: undefined,
        verifiedAt: undefined,
        lastAccessedAt: clock.now(),
      },
    ])
    await access({ useful: true, confidence: 0.9, domain: 'code', source: 'a.ts' })
    await access({ useful: false })
    clock.advance(30 * DAY_MS)
    expect(await store.quality({ projectId, items: [item('none'), item('a')] })).toMatchObject([
      {
        accessCount: 3,
        judgedCount: 2,
        usefulCount: 1,
        usefulness: 0.5,
        confidence: 0.9,
        domain: 'code',
        source: 'a.ts',
        relevance: expect.closeTo(0.5, 12),
      },
    ])
  })

  it('counts an item that is named twice twice, and keeps to the project', async () => {
    const { store, projectId } = await openMeta(database())
    const other = await addProject(database(), 'other')
    const items = [
      { ...item('a'), useful: true },
      item('b'),
      { ...item('a'), useful: false, confidence: 0.4 },
    ]
    const recorded = await store.recordAccess({ projectId, items })
    expect(recorded.map(({ id, accessCount }) => [id, accessCount])).toEqual([
      ['a', 2],
      ['b', 1],
    ])
    expect(recorded[0]).toMatchObject({ usefulness: 0.5, confidence: 0.4 })
    await store.recordAccess({ projectId: other, items: [item('a')] })
    expect(await store.quality({ projectId, items: [item('a')] })).toMatchObject([
      { accessCount: 2 },
    ])
  })

  it('takes as many statements for a hundred items as for one', async () => {
    const { projectId } = await openMeta(database())
    const statements = async (count: number) => {
      const counter = { statements: 0 }
      const store = createMetaStore(countStatements(database(), counter), { readers })
      const items = times(count, '').map((_, at) => item(`m${at}`))
      expect(await store.recordAccess({ projectId, items })).toHaveLength(count)
      return counter.statements
    }
    expect(await statements(1)).toBe(1)
    expect(await statements(100)).toBe(1)
  })

  it('loses no count of many callers at once', async () => {
    const { store, projectId } = await openMeta(database())
    const calls = times(20, '').map((_, at) =>
      store.recordAccess({ projectId, items: [{ ...item('a'), useful: at % 4 === 0 }] }),
    )
    await Promise.all(calls)
    expect(await store.quality({ projectId, items: [item('a')] })).toMatchObject([
      { accessCount: 20, judgedCount: 20, usefulCount: 5, usefulness: 0.25 },
    ])
  })

  it('notes that somebody made sure', async () => {
    const { store, projectId, clock } = await openMeta(database())
    expect(await store.verify({ projectId, ...item('a'), confidence: 0.8 })).toMatchObject({
      accessCount: 0,
      confidence: 0.8,
      verifiedAt: clock.now(),
      relevance: undefined,
    })
    await store.recordAccess({ projectId, items: [item('a')] })
    const verifiedAt = clock.now()
    clock.advance(1000)
    expect(await store.quality({ projectId, items: [item('a')] })).toMatchObject([
      { confidence: 0.8, verifiedAt, accessCount: 1 },
    ])
    await expect(store.verify({ projectId, ...item('a'), confidence: 8 })).rejects.toThrow(
      'confidence must be',
    )
    await expect(store.recordAccess({ projectId, items: [item('')] })).rejects.toThrow('item.id')
    await expect(
      store.recordAccess({ projectId: 'none', items: [item('a')] }),
    ).rejects.toMatchObject({ code: 'missing-reference' })
  })

  it('lists what seldom helped, never what nobody has judged', async () => {
    const { store, projectId } = await openMeta(database())
    const judge = (id: string, verdicts: readonly boolean[], layer = 'semantic') =>
      store.recordAccess({
        projectId,
        items: verdicts.map((useful) => ({ ...item(id, layer), useful, domain: layer })),
      })
    await judge('worst', times(5, false))
    await judge('bad', [true, ...times(4, false)], 'episodic')
    await judge('equal', [true, ...times(4, false)])
    await judge('good', times(5, true))
    await judge('seldom', times(4, false))
    await store.recordAccess({ projectId, items: times(9, item('unjudged')) })
    const seen = []
    let cursor: string | undefined
    do {
      const page = await store.lowQuality({ projectId, limit: 1, cursor })
      seen.push(...page.items)
      cursor = page.nextCursor
    } while (cursor !== undefined)
    expect(seen.map(({ id }) => id)).toEqual(['worst', 'bad', 'equal'])
    const ids = async (fields: object) =>
      (await store.lowQuality({ projectId, ...fields })).items.map(({ id }) => id)
    expect(await ids({ layer: 'episodic' })).toEqual(['bad'])
    expect(await ids({ domain: 'episodic' })).toEqual(['bad'])
    expect(await ids({ threshold: 0.1 })).toEqual(['worst'])
    expect(await ids({ minJudged: 4 })).toEqual(['worst', 'seldom', 'bad', 'equal'])
    await judge('worst', times(5, true))
    expect(await ids({})).toEqual(['bad', 'equal'])
  })
})
