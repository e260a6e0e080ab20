import { newId } from '@athena-memory/db-core'
import { describeEachBackend, tablesWith } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import { openWorking } from './open-working.ts'

const words = /zebrafinch|quixotown/i
const nothing = {
  forgotten: false,
  items: 0,
  goals: 0,
  documents: 0,
  embeddings: 0,
  derivations: 0,
  copies: 0,
  affected: [],
}

describeEachBackend('forgetting', (database) => {
  const birds = { content: 'The zebrafinch sings', tags: ['zebrafinch'], source: 'zebrafinch.md' }

  it('leaves no word of an item in any table, search structure or log', async () => {
    const { store, projectId } = await openWorking(database())
    const { item } = await store.hold({ projectId, ...birds, origin: { town: 'Quixotown' } })
    await store.hold({ projectId, content: 'Tea is green' })
    const route = await store.route(item.id)
    expect(await tablesWith(database(), words)).toContain('routes')
    expect(await store.forget(item.id)).toEqual({
      ...nothing,
      forgotten: true,
      items: 1,
      documents: 1,
      embeddings: 1,
      copies: 1,
    })
    expect(await tablesWith(database(), words)).toEqual([])
    const { routes } = await store.listRoutes({ projectId })
    expect(routes).toEqual([{ ...route, item: undefined }])
    expect(await store.forget(item.id)).toEqual(nothing)
    expect(await store.forget('none')).toEqual(nothing)
  })

  it('leaves none when items are let go', async () => {
    const { store, projectId } = await openWorking(database())
    const { item } = await store.hold({ projectId, ...birds })
    await store.route(item.id)
    await store.release([item.id])
    const { item: next } = await store.hold({ projectId, ...birds })
    await store.route(next.id)
    await store.clear({ projectId })
    expect(await tablesWith(database(), words)).toEqual([])
  })

  it('of an item that has moved erases what is left here, and names where it went', async () => {
    const { store, projectId } = await openWorking(database())
    const { item } = await store.hold({ projectId, ...birds })
    const [moved] = await store.consolidate({ projectId, ids: [item.id] })
    const affected = [{ layer: 'semantic', id: moved?.id }]
    expect(await store.forget(item.id)).toEqual({
      ...nothing,
      forgotten: true,
      copies: 1,
      affected,
    })
    const holding = await tablesWith(database(), words)
    expect(holding).toContain('memories')
    expect(holding).not.toContain('routes')
    expect(holding).not.toContain('working_items')
  })

  it('of a row of another layer takes along what the router kept of it', async () => {
    const { store, projectId } = await openWorking(database())
    const { item } = await store.hold({ projectId, ...birds })
    const { item: other } = await store.hold({ projectId, content: 'Tea is green' })
    await store.route(item.id)
    const moved = await store.consolidate({ projectId, ids: [item.id, other.id] })
    const ids = moved.filter(({ itemId }) => itemId === item.id).map(({ id }) => id)
    expect(await store.forgetMoved({ layer: 'episodic', ids })).toBe(0)
    expect(await store.forgetMoved({ layer: 'semantic', ids })).toBe(2)
    expect(await tablesWith(database(), words)).not.toContain('routes')
    const { routes } = await store.listRoutes({ projectId, itemId: other.id })
    expect(routes).toMatchObject([{ item: { content: 'Tea is green' } }])
  })

  it('of an item in a chunk erases its copy, and names the chunk', async () => {
    const { store, projectId } = await openWorking(database())
    const one = await store.hold({ projectId, ...birds })
    const two = await store.hold({ projectId, content: 'Tea is green' })
    const itemIds = [one.item.id, two.item.id]
    const { item: chunk } = await store.chunk({ projectId, itemIds })
    const receipt = await store.forget(one.item.id)
    const affected = [{ layer: 'working', id: chunk.id }]
    expect(receipt).toEqual({ ...nothing, forgotten: true, copies: 1, affected })
    expect(await tablesWith(database(), words)).not.toContain('working_item_parts')
    expect(await store.forget(chunk.id)).toMatchObject({ items: 1, documents: 1 })
    expect(await tablesWith(database(), words)).toEqual([])
  })

  it('of a goal takes along those that serve it', async () => {
    const { store, projectId } = await openWorking(database())
    const { id } = await store.setGoal({ projectId, content: 'See the zebrafinch' })
    const part = { projectId, content: 'Go to Quixotown', parentId: id }
    await store.setGoal(part)
    const other = await store.setGoal({ projectId, content: 'Drink tea' })
    const receipt = { ...nothing, forgotten: true, goals: 2, documents: 2, embeddings: 2 }
    expect(await store.forget(id)).toEqual(receipt)
    expect(await tablesWith(database(), words)).toEqual([])
    expect((await store.listGoals({ projectId })).goals).toEqual([other])
  })

  it('erases records of derivation, and names what was derived', async () => {
    const { store, projectId } = await openWorking(database())
    const { item } = await store.hold({ projectId, ...birds })
    const { query, tables } = database()
    const rest = { method: 'test', confidence: 1, createdAt: new Date() }
    await query.insert(tables.derivations).values([
      {
        ...rest,
        id: newId(),
        derivedLayer: 'procedural',
        derivedId: 'p1',
        evidenceLayer: 'working',
        evidenceId: item.id,
      },
      {
        ...rest,
        id: newId(),
        derivedLayer: 'working',
        derivedId: item.id,
        evidenceLayer: 'episodic',
        evidenceId: 'e1',
      },
    ])
    expect(await store.forget(item.id)).toMatchObject({
      derivations: 2,
      affected: [{ layer: 'procedural', id: 'p1' }],
    })
  })
})
