import { describeEachBackend } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import { contentsOf, openWorking } from './open-working.ts'

describeEachBackend('combining', (database) => {
  const openWithTwo = async () => {
    const opened = await openWorking(database())
    const { store, projectId } = opened
    const one = await store.hold({ projectId, content: 'Tea is hot', tags: ['a'], importance: 0.9 })
    const two = await store.hold({
      projectId,
      content: 'Cups are thin',
      tags: ['b'],
      origin: { shelf: 2 },
    })
    return { ...opened, ids: [two.item.id, one.item.id] as const }
  }

  it('binds items by one more in the buffer, and leaves them', async () => {
    const { store, projectId, ids } = await openWithTwo()
    const { item } = await store.bind({ projectId, itemIds: ids, content: 'Serving', tags: ['c'] })
    expect(item).toMatchObject({
      content: 'Serving\nCups are thin\nTea is hot',
      contentType: 'episodic',
      component: 'episodic_buffer',
      importance: 0.9,
      tags: ['c', 'b', 'a'],
    })
    expect((await store.list({ projectId })).items).toHaveLength(3)
    expect(await store.parts(item.id)).toEqual(ids.map((id) => ({ layer: 'working', id })))
    expect(await store.parts(ids[0])).toEqual([])
  })

  it('knows where a part is after it has moved', async () => {
    const { store, projectId, ids } = await openWithTwo()
    const { item } = await store.bind({ projectId, itemIds: ids })
    const [moved] = await store.consolidate({ projectId, ids: [ids[1]] })
    expect(await store.parts(item.id)).toEqual([
      { layer: 'working', id: ids[0] },
      { layer: 'semantic', id: moved?.id },
    ])
  })

  it('makes one item of several, with their texts, tags and origins', async () => {
    const { store, projectId, ids } = await openWithTwo()
    const { item: whole } = await store.bind({ projectId, itemIds: ids })
    const { item } = await store.chunk({ projectId, itemIds: ids })
    expect(item).toMatchObject({ content: 'Cups are thin\nTea is hot', tags: ['b', 'a'] })
    expect((await store.list({ projectId, component: 'phonological' })).items).toEqual([])
    expect(await store.parts(item.id)).toMatchObject([
      { id: ids[0], snapshot: { content: 'Cups are thin', tags: ['b'], origin: { shelf: 2 } } },
      { id: ids[1], snapshot: { content: 'Tea is hot', importance: 0.9 } },
    ])
    expect(await store.parts(whole.id)).toEqual([
      { layer: 'working', id: item.id },
      { layer: 'working', id: item.id },
    ])
    expect(await contentsOf(database(), 'working')).toEqual([
      'Cups are thin\nTea is hot',
      'Cups are thin\nTea is hot',
    ])
  })

  it('gives a chunk to another layer with its parts, and theirs', async () => {
    const { store, projectId, ids, episodic } = await openWithTwo()
    const { item: inner } = await store.chunk({ projectId, itemIds: ids })
    const third = await store.hold({ projectId, content: 'Yesterday it rained' })
    const { item } = await store.chunk({ projectId, itemIds: [inner.id, third.item.id] })
    const [moved] = await store.consolidate({ projectId, ids: [item.id], layer: 'episodic' })
    expect(episodic.taken).toMatchObject([
      {
        content: 'Cups are thin\nTea is hot\nYesterday it rained',
        parts: [
          { snapshot: { parts: [{ snapshot: { origin: { shelf: 2 } } }, {}] } },
          { snapshot: { content: 'Yesterday it rained' } },
        ],
      },
    ])
    const { routes } = await store.listRoutes({ projectId })
    expect(routes).toMatchObject([{ actualId: moved?.id, item: { parts: [{}, {}] } }])
  })

  it('frees the places of the parts of a chunk in a full buffer', async () => {
    const { store, projectId } = await openWorking(database(), { sinks: {} })
    const held = await Promise.all(
      ['one', 'two', 'three', 'four'].map((content) =>
        store.hold({ projectId, content, contentType: 'episodic' }),
      ),
    )
    const itemIds = held.slice(0, 2).map(({ item }) => item.id)
    await expect(store.bind({ projectId, itemIds })).rejects.toThrow('episodic_buffer has room')
    await store.chunk({ projectId, itemIds })
    const load = (await store.capacity(projectId)).find((each) => each.held > 0)
    expect(load).toMatchObject({ component: 'episodic_buffer', held: 3, isFull: false })
  })

  it('refuses items that are not there, or of another project', async () => {
    const { store, projectId, ids } = await openWithTwo()
    const missing = { code: 'missing-reference' }
    await expect(store.bind({ projectId, itemIds: [ids[0], 'none'] })).rejects.toMatchObject(
      missing,
    )
    await expect(store.chunk({ projectId: 'none', itemIds: ids })).rejects.toMatchObject(missing)
    const both = await Promise.allSettled([
      store.chunk({ projectId, itemIds: ids }),
      store.chunk({ projectId, itemIds: ids }),
    ])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect((await store.list({ projectId })).items).toHaveLength(1)
  })
})
