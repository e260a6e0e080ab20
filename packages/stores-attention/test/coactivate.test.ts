import { countStatements, describeEachBackend } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import { createAttentionStore } from '../src/attention-store.ts'
import { addProject, item, openAttention } from './open-attention.ts'

const many = (count: number) => Array.from({ length: count }, (_, at) => item(`m${at}`))

describeEachBackend('learning what goes together', (database) => {
  const open = async () => {
    const opened = await openAttention(database())
    const { store, projectId } = opened
    const between = async (a: string, b: string) => {
      const { neighbours } = await store.neighbours({
        projectId,
        item: item(a),
        minStrength: 0,
        limit: 500,
      })
      const found = neighbours.filter(({ id }) => id === b)
      expect(found.length).toBeLessThan(2)
      return found[0]?.association
    }
    return { ...opened, between }
  }

  it('adds .1 · pre · post · (1 − w) · (1 − .5 · gap / window) for each coactivation', async () => {
    const { store, projectId, clock, between } = await open()
    await store.recordAccess({ projectId, items: [{ ...item('b'), activation: 0.8 }] })
    clock.advance(30_000)
    const secondAt = clock.now()
    await store.recordAccess({ projectId, items: [{ ...item('a'), activation: 0.5 }] })
    expect(await store.coactivate({ projectId })).toEqual({
      accesses: 2,
      associations: 1,
      leftOut: 0,
    })
    // .1 · .8 · .5 · (1 − .5 · 30 / 60) = .03
    expect(await between('a', 'b')).toMatchObject({
      kind: 'temporal',
      strength: expect.closeTo(0.03, 12),
      coOccurrences: 1,
      lastCoactivatedAt: secondAt,
    })
    clock.advance(30_000)
    await store.recordAccess({ projectId, items: [item('b')] })
    await store.coactivate({ projectId })
    // a half a minute ago: .1 · .5 · .75 = .0375 of the .97 that are missing
    expect(await between('a', 'b')).toMatchObject({
      strength: expect.closeTo(0.03 + 0.0375 * 0.97, 12),
      coOccurrences: 2,
    })
  })

  it('counts each access once, whether learned from together or one by one', async () => {
    const { store, projectId, clock, between } = await open()
    for (const id of ['a', 'b', 'a', 'b']) {
      await store.recordAccess({ projectId, items: [item(id)] })
      await store.coactivate({ projectId })
    }
    const oneByOne = await between('a', 'b')
    clock.advance(3_600_000)
    for (const id of ['c', 'd', 'c', 'd']) {
      await store.recordAccess({ projectId, items: [item(id)] })
    }
    await store.coactivate({ projectId })
    const together = await between('c', 'd')
    expect(oneByOne).toMatchObject({ coOccurrences: 4, strength: expect.closeTo(1 - 0.9 ** 4, 12) })
    expect(together).toMatchObject({ coOccurrences: 4, strength: expect.closeTo(1 - 0.9 ** 4, 12) })
    expect(await store.coactivate({ projectId })).toEqual({
      accesses: 0,
      associations: 0,
      leftOut: 0,
    })
  })

  it('keeps to the window, the session and the project, and not to what was only primed', async () => {
    const { store, projectId, clock, between } = await open()
    const other = await addProject(database(), 'other')
    await store.recordAccess({ projectId, items: [item('a')] })
    await store.recordAccess({ projectId, items: [item('b')], sessionId: 's1' })
    await store.recordAccess({ projectId: other, items: [item('c')] })
    await store.prime({ projectId, items: [item('d')] })
    clock.advance(60_001)
    await store.recordAccess({ projectId, items: [item('e')] })
    expect(await store.coactivate({ projectId })).toMatchObject({ accesses: 3, associations: 0 })
    expect(await between('a', 'b')).toBeUndefined()
    clock.advance(60_000)
    await store.recordAccess({ projectId, items: [item('f')] })
    expect(await store.coactivate({ projectId })).toMatchObject({ associations: 1 })
    expect((await between('e', 'f'))?.strength).toBeCloseTo(0.05, 12)
  })

  it('leaves associations of other kinds as they are', async () => {
    const { store, projectId } = await open()
    await store.link({ projectId, from: item('a'), to: item('b'), kind: 'causal' })
    await store.recordAccess({ projectId, items: [item('a'), item('b')] })
    await store.coactivate({ projectId })
    const { neighbours } = await store.neighbours({ projectId, item: item('a') })
    expect(neighbours.map(({ association }) => [association.kind, association.strength])).toEqual([
      ['causal', 0.5],
      ['temporal', 0.1],
    ])
  })

  it('takes as many statements for a recall of a hundred results as for one of two', async () => {
    const { store, projectId, clock } = await open()
    const statements = async (count: number) => {
      clock.advance(3_600_000)
      const counter = { statements: 0 }
      const counted = createAttentionStore(countStatements(database(), counter), {
        now: clock.now,
      })
      expect(await counted.recordAccess({ projectId, items: many(count) })).toBe(count)
      const report = await counted.coactivate({ projectId })
      return { ...report, statements: counter.statements }
    }
    expect(await statements(2)).toEqual({
      accesses: 2,
      associations: 1,
      leftOut: 0,
      statements: 5,
    })
    expect(await statements(100)).toEqual({
      accesses: 100,
      associations: 500,
      leftOut: 4950 - 500,
      statements: 5,
    })
    // What was most active, or came first, is what was kept.
    const { neighbours } = await store.neighbours({ projectId, item: item('m0'), limit: 100 })
    expect(neighbours.length).toBeGreaterThan(30)
    await store.recordAccess({ projectId, items: many(100), sessionId: 'all' })
    expect(await store.coactivate({ projectId, maxPairs: 5000 })).toMatchObject({
      associations: 4950,
      leftOut: 0,
    })
  })

  it('learns from any number of accesses', async () => {
    const { store, projectId, between } = await open()
    for (let at = 0; at < 3; at += 1) await store.recordAccess({ projectId, items: many(200) })
    expect(await store.coactivate({ projectId })).toMatchObject({ accesses: 600 })
    expect((await between('m0', 'm1'))?.coOccurrences).toBe(9)
  })

  it('loses nothing when many learn at once', async () => {
    const { store, projectId, between } = await open()
    const callers = Array.from({ length: 12 }, async (_, caller) => {
      await store.recordAccess({
        projectId,
        items: [item('a'), item('b')],
        sessionId: `s${caller}`,
      })
      return store.coactivate({ projectId })
    })
    const reports = await Promise.all(callers)
    expect(reports.reduce((sum, { accesses }) => sum + accesses, 0)).toBe(24)
    expect(await between('a', 'b')).toMatchObject({
      coOccurrences: 12,
      strength: expect.closeTo(1 - 0.9 ** 12, 9),
    })
  })

  it('pairs across callers that learn from one session at once', async () => {
    const { store, projectId, between } = await open()
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        await store.recordAccess({ projectId, items: [item('a'), item('b')] })
        await store.coactivate({ projectId })
      }),
    )
    expect(await between('a', 'b')).toMatchObject({
      coOccurrences: 64,
      strength: expect.closeTo(1 - 0.9 ** 64, 9),
    })
  })

  it('refuses accesses that cannot be, and stores none of them', async () => {
    const { store, projectId } = await open()
    const items = [item('a'), { ...item('b'), activation: -1 }]
    await expect(store.recordAccess({ projectId, items })).rejects.toThrow('activation must be')
    await expect(
      store.recordAccess({ projectId: 'none', items: [item('a')] }),
    ).rejects.toMatchObject({ code: 'missing-reference' })
    expect(await store.coactivate({ projectId })).toMatchObject({ accesses: 0 })
    await expect(store.coactivate({ projectId, rate: 2 })).rejects.toThrow('rate must be')
  })
})
