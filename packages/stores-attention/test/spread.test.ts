import { countStatements, describeEachBackend } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import { createAttentionStore } from '../src/attention-store.ts'
import { addProject, item, MINUTE_MS, openAttention } from './open-attention.ts'

describeEachBackend('spreading activation', (database) => {
  const open = async () => {
    const opened = await openAttention(database())
    const { store, projectId } = opened
    const link = (from: string, to: string, strength: number) =>
      store.link({ projectId, from: item(from), to: item(to), strength })
    const spread = async (fields: object) =>
      (await store.spread({ projectId, sources: [item('a')], ...fields })).map(
        ({ id, activation, hop }) => [id, Number(activation.toFixed(10)), hop],
      )
    return { ...opened, link, spread }
  }

  it('gives activation · strength · .7 a hop, over three hops', async () => {
    const { link, spread } = await open()
    await link('a', 'b', 1)
    await link('b', 'c', 0.8)
    await link('c', 'd', 0.9)
    await link('d', 'e', 1)
    // .7, then .7 · .8 · .7, then .392 · .9 · .7; e lies four hops away.
    expect(await spread({})).toEqual([
      ['b', 0.7, 1],
      ['c', 0.392, 2],
      ['d', 0.24696, 3],
    ])
    expect(await spread({ hops: 4 })).toContainEqual(['e', 0.172872, 4])
    expect(await spread({ hops: 1 })).toEqual([['b', 0.7, 1]])
    expect(await spread({ decay: 0.5, threshold: 0.2 })).toEqual([
      ['b', 0.5, 1],
      ['c', 0.2, 2],
    ])
  })

  it('adds up what meets, and never goes beyond 1', async () => {
    const { link, spread } = await open()
    await link('a', 'x', 0.5)
    await link('b', 'x', 0.4)
    await link('c', 'x', 1)
    const sources = [item('a'), { ...item('b'), activation: 0.5 }]
    expect(await spread({ sources })).toEqual([
      ['x', 0.49, 1],
      ['c', 0.343, 2],
    ])
    expect(await spread({ sources: [item('a'), item('b'), item('c')] })).toEqual([['x', 1, 1]])
  })

  it('drops what is less than .1, and does not flow back', async () => {
    const { link, spread } = await open()
    await link('a', 'b', 0.6)
    await link('b', 'c', 0.3)
    await link('a', 'far', 0.14)
    await link('b', 'a', 1)
    expect(await spread({})).toEqual([
      ['b', 0.7, 1],
      ['c', 0.147, 2],
    ])
    await link('a', 'c', 0.5)
    // c gets .35 from a, and .7 · .3 · .7 from b; b gets .35 · .3 · .7, which is too little.
    expect(await spread({})).toEqual([
      ['b', 0.7, 1],
      ['c', 0.497, 1],
    ])
  })

  it('crosses layers, follows directions and kinds, and stays in the project', async () => {
    const { store, projectId } = await open()
    const other = await addProject(database(), 'other')
    const link = (fields: object) =>
      store.link({ projectId, from: item('a'), to: item('b'), strength: 0.5, ...fields })
    await link({ to: item('e1', 'episodic'), kind: 'causal' })
    await link({ from: item('t1', 'prospective'), to: item('a') })
    await link({ projectId: other, to: item('foreign') })
    const found = async (fields: object) =>
      (await store.spread({ projectId, sources: [item('a')], ...fields })).map(({ layer }) => layer)
    expect((await found({})).toSorted()).toEqual(['episodic', 'prospective'])
    expect(await found({ direction: 'out' })).toEqual(['episodic'])
    expect(await found({ direction: 'in' })).toEqual(['prospective'])
    expect(await found({ kinds: ['causal'] })).toEqual(['episodic'])
  })

  it('leaves of an inhibited item what inhibition leaves, for a while', async () => {
    const { store, projectId, link, spread, clock } = await open()
    await link('a', 'b', 1)
    await link('a', 'c', 1)
    await store.inhibit({ projectId, target: item('b'), strength: 0.8 })
    expect(await spread({})).toEqual([
      ['c', 0.7, 1],
      ['b', 0.14, 1],
    ])
    clock.advance(30 * MINUTE_MS)
    expect(await spread({})).toContainEqual(['b', 0.42, 1])
    await store.release({ projectId, target: item('b') })
    expect(await spread({})).toContainEqual(['b', 0.7, 1])
  })

  it('says what gave most, and refuses impossible sources', async () => {
    const { store, projectId, link } = await open()
    await link('a', 'x', 0.4)
    await link('b', 'x', 0.9)
    const [found] = await store.spread({ projectId, sources: [item('a'), item('b')] })
    expect(found).toMatchObject({ ...item('x'), via: item('b') })
    const sources = [{ ...item('a'), activation: 2 }]
    await expect(store.spread({ projectId, sources })).rejects.toThrow('activation must be')
    expect(await store.spread({ projectId, sources: [] })).toEqual([])
    expect(await store.spread({ projectId: 'none', sources: [item('a')] })).toEqual([])
  })

  it('takes one statement a hop, however many items there are', async () => {
    const { store, projectId } = await open()
    const links = (from: string, ids: string[]) =>
      store.linkMany(ids.map((id) => ({ projectId, from: item(from), to: item(id), strength: 1 })))
    const ids = Array.from({ length: 60 }, (_, at) => `n${at}`)
    await links('a', ids)
    for (const id of ids.slice(0, 10)) await links(id, [`${id}-1`, `${id}-2`])
    const counter = { statements: 0 }
    const counted = createAttentionStore(countStatements(database(), counter))
    const found = await counted.spread({ projectId, sources: [item('a')], limit: 500 })
    expect(found).toHaveLength(80)
    // One for inhibitions, and one for each of three hops.
    expect(counter.statements).toBe(4)
  })
})
