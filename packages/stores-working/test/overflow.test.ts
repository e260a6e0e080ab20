import { describeEachBackend } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import { CAPACITIES, type WorkingSink } from '../src/index.ts'
import { createWorkingStore, type WorkingStore } from '../src/working-store.ts'
import { contentsOf, HOUR_MS, openWorking } from './open-working.ts'

const CALLERS = Array.from({ length: 20 }, (_, index) => index)
const { hard } = CAPACITIES.phonological

describeEachBackend('overflow', (database) => {
  const held = async (store: WorkingStore, projectId: string) =>
    (await store.list({ projectId, limit: 100 })).items

  /** Every text of `contents` is in working memory or in exactly one other layer. */
  const expectNothingLost = async (contents: readonly string[]) => {
    const everywhere = await Promise.all(
      ['working', 'semantic', 'episodic'].map((layer) => contentsOf(database(), layer)),
    )
    expect(everywhere.flat().toSorted()).toEqual(contents.toSorted())
  }

  it('keeps the limit with 20 callers at once and loses nothing', async () => {
    const { store, projectId } = await openWorking(database())
    const contents = CALLERS.map((caller) => `Shelf ${caller} holds tea`)
    const results = await Promise.all(
      CALLERS.map((caller) =>
        store.hold({
          projectId,
          content: `Shelf ${caller} holds tea`,
          tags: [`shelf-${caller}`],
          source: `shelves.md#${caller}`,
          origin: { caller },
        }),
      ),
    )
    const items = await held(store, projectId)
    expect(items).toHaveLength(CAPACITIES.phonological.soft)
    const moved = results.flatMap((result) => result.moved)
    expect(moved).toHaveLength(20 - items.length)
    await expectNothingLost(contents)
    const memories = await database().query.select().from(database().tables.memories)
    expect(memories).toHaveLength(moved.length)
    for (const { id, content, tags, source } of memories) {
      const caller = /\d+/.exec(content)?.[0]
      expect(tags).toEqual([`shelf-${caller}`])
      expect(source).toBe(`shelves.md#${caller}`)
      const { itemId } = moved.find((move) => move.id === id) ?? { itemId: '' }
      const { routes } = await store.listRoutes({ projectId, itemId })
      expect(routes).toMatchObject([
        {
          item: { content, tags, source, origin: { caller: Number(caller) } },
          targetLayer: 'semantic',
          actualLayer: 'semantic',
          actualId: id,
        },
      ])
    }
  })

  it('keeps it with 20 callers that know nothing of each other, at every moment', async () => {
    const { open, store, projectId } = await openWorking(database())
    const contents = CALLERS.map((caller) => `Crate ${caller} holds coffee`)
    const counts: number[] = []
    await Promise.all(
      contents.map(async (content) => {
        await open().hold({ projectId, content })
        counts.push((await held(store, projectId)).length)
      }),
    )
    expect(Math.max(...counts)).toBeLessThanOrEqual(hard)
    expect(await held(store, projectId)).toHaveLength(CAPACITIES.phonological.soft)
    await expectNothingLost(contents)
  })

  it('is refused rather than lost where no layer takes anything in', async () => {
    const { store, projectId } = await openWorking(database(), { sinks: {} })
    const results = await Promise.allSettled(
      CALLERS.map((caller) => store.hold({ projectId, content: `Shelf ${caller} holds tea` })),
    )
    const refused = results.filter((result) => result.status === 'rejected')
    expect(refused).toHaveLength(20 - hard)
    for (const { reason } of refused) {
      expect(reason).toMatchObject({ code: 'conflict' })
      expect(String(reason)).toContain('phonological has room for 7 items: no layer takes in')
    }
    expect(await held(store, projectId)).toHaveLength(hard)
    expect(await contentsOf(database(), 'working')).toHaveLength(hard)
    const [component] = await store.capacity(projectId)
    expect(component).toMatchObject({ held: hard, isFull: true })
  })

  it('makes the least active leave, and never what is in focus', async () => {
    const { store, projectId, clock } = await openWorking(database())
    const ids: string[] = []
    for (let index = 0; index < 6; index += 1) {
      const { item } = await store.hold({ projectId, content: `Item ${index} is tea` })
      ids.push(item.id)
      clock.advance(HOUR_MS)
    }
    const [first = '', second = '', third = ''] = ids
    await store.focus({ projectId, ids: [first] })
    clock.advance(9 * HOUR_MS)
    await store.rehearse([second])
    const { moved } = await store.hold({ projectId, content: 'One more is tea' })
    expect(moved.map(({ itemId }) => itemId)).toEqual([third])
    expect(await store.get(third)).toBeUndefined()
    expect(await store.get(first)).toMatchObject({ id: first })
  })

  it('is refused where all of it is in focus', async () => {
    const capacities = { phonological: { soft: 2, hard: 2 } }
    const { store, projectId } = await openWorking(database(), { capacities })
    const one = await store.hold({ projectId, content: 'One' })
    const two = await store.hold({ projectId, content: 'Two' })
    await store.focus({ projectId, ids: [one.item.id, two.item.id] })
    await expect(store.hold({ projectId, content: 'Three' })).rejects.toThrow('focus on less')
    await store.focus({ projectId, ids: [two.item.id] })
    const { moved } = await store.hold({ projectId, content: 'Three' })
    expect(moved.map(({ itemId }) => itemId)).toEqual([one.item.id])
  })

  it('goes to the best layer that takes something in, and says which was intended', async () => {
    const { store, projectId, sinks, episodic } = await openWorking(database(), {
      capacities: { phonological: { soft: 1, hard: 1 } },
    })
    expect(Object.keys(sinks)).toEqual(['semantic', 'episodic'])
    await store.hold({ projectId, content: 'Tomorrow the shop must order tea' })
    const { moved } = await store.hold({ projectId, content: 'Tea is green' })
    expect(moved).toMatchObject([{ layer: 'semantic', intendedLayer: 'prospective' }])
    await store.hold({ projectId, content: 'Yesterday the tea arrived' })
    const next = await store.hold({ projectId, content: 'Tea has leaves' })
    expect(next.moved).toMatchObject([{ layer: 'episodic', intendedLayer: 'episodic' }])
    expect(episodic.taken).toMatchObject([{ content: 'Yesterday the tea arrived', parts: [] }])
    const { routes } = await store.listRoutes({ projectId })
    expect(routes.map(({ targetLayer, actualLayer }) => [targetLayer, actualLayer])).toContainEqual(
      ['prospective', 'semantic'],
    )
  })

  it('leaves all as it was when a layer fails to take an item in', async () => {
    const broken: WorkingSink = {
      prepare: async (items) =>
        items.map(() => ({ write: () => Promise.reject(new Error('out of order')) })),
    }
    const { store, projectId } = await openWorking(database(), {
      sinks: { semantic: broken },
      capacities: { phonological: { soft: 1, hard: 1 } },
    })
    const { item } = await store.hold({ projectId, content: 'Tea is green' })
    await expect(store.hold({ projectId, content: 'Tea has leaves' })).rejects.toThrow('order')
    expect(await held(store, projectId)).toEqual([item])
    expect((await store.listRoutes({ projectId })).routes).toEqual([])
    await expectNothingLost(['Tea is green'])
  })

  it('counts a sink that prepares too little as an error', async () => {
    const { store, projectId } = await openWorking(database(), {
      sinks: { semantic: { prepare: async () => [] } },
      capacities: { phonological: { soft: 1, hard: 1 } },
    })
    await store.hold({ projectId, content: 'Tea is green' })
    await expect(store.hold({ projectId, content: 'Tea has leaves' })).rejects.toThrow(
      'the sink of semantic must prepare one move for each item',
    )
  })

  it('moves what has faded, and nothing else', async () => {
    const { store, projectId, clock } = await openWorking(database())
    const faded = await store.hold({ projectId, content: 'Old tea', importance: 0 })
    const focused = await store.hold({ projectId, content: 'Kept tea', importance: 0 })
    await store.focus({ projectId, ids: [focused.item.id] })
    clock.advance(5 * 6 * HOUR_MS)
    const fresh = await store.hold({ projectId, content: 'New tea' })
    const moved = await store.decay({ projectId })
    expect(moved).toMatchObject([{ itemId: faded.item.id, layer: 'semantic' }])
    expect(await store.decay({ projectId })).toEqual([])
    const items = await held(store, projectId)
    expect(items.map(({ id }) => id)).toEqual([fresh.item.id, focused.item.id])
    await expectNothingLost(['Old tea', 'Kept tea', 'New tea'])
  })

  it('is moved on demand, to the layer that is wanted, once', async () => {
    const { store, projectId, episodic } = await openWorking(database())
    const { item } = await store.hold({ projectId, content: 'Tea is green', tags: ['tea'] })
    const calls = Array.from({ length: 5 }, () =>
      store.consolidate({ projectId, ids: [item.id], layer: 'episodic' }),
    )
    const results = await Promise.allSettled(calls)
    const moved = results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []))
    expect(moved).toMatchObject([{ itemId: item.id, layer: 'episodic', intendedLayer: 'episodic' }])
    await expectNothingLost(['Tea is green'])
    expect(episodic.taken[0]).toMatchObject({ tags: ['tea'], intendedLayer: 'episodic' })
    const { routes } = await store.listRoutes({ projectId })
    expect(routes).toMatchObject([
      { targetLayer: 'semantic', wasCorrect: false, correctLayer: 'episodic' },
    ])
    await expect(store.consolidate({ projectId, ids: [item.id] })).rejects.toMatchObject({
      code: 'missing-reference',
    })
  })

  it('is moved on demand from the least active on, without ids', async () => {
    const { store, projectId, clock } = await openWorking(database())
    for (const content of ['One', 'Two', 'Three']) {
      await store.hold({ projectId, content })
      clock.advance(HOUR_MS)
    }
    await store.consolidate({ projectId, count: 2 })
    expect((await held(store, projectId)).map(({ content }) => content)).toEqual(['Three'])
  })

  it('cannot be moved on demand where no layer takes anything in', async () => {
    const { store, projectId, clock } = await openWorking(database(), { sinks: {} })
    expect(await store.consolidate({ projectId })).toEqual([])
    await store.hold({ projectId, content: 'Tea is green' })
    const refusal = { code: 'conflict', message: expect.stringContaining('no layer takes in') }
    await expect(store.consolidate({ projectId })).rejects.toMatchObject(refusal)
    expect(await store.decay({ projectId })).toEqual([])
    clock.advance(1000 * HOUR_MS)
    await expect(store.decay({ projectId })).rejects.toMatchObject(refusal)
    await expectNothingLost(['Tea is green'])
  })

  it('moves inside a transaction of the caller, and goes back with it', async () => {
    const { documents, sinks, projectId, store } = await openWorking(database())
    const contents = Array.from({ length: 7 }, (_, index) => `Shelf ${index} holds tea`)
    const fill = (outcome: Error | undefined) =>
      database().transaction(async (tx) => {
        const inside = createWorkingStore(tx, { documents, sinks })
        for (const content of contents) await inside.hold({ projectId, content })
        if (outcome) throw outcome
      })
    await expect(fill(new Error('changed my mind'))).rejects.toThrow('changed my mind')
    await expectNothingLost([])
    await fill(undefined)
    expect(await held(store, projectId)).toHaveLength(6)
    await expectNothingLost(contents)
  })
})
