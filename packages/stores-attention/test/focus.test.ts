import { describeEachBackend } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import { item, MINUTE_MS, openAttention } from './open-attention.ts'

describeEachBackend('focus', (database) => {
  const inView = (focuses: readonly { target: { id: string } }[]) =>
    focuses.map(({ target }) => target.id)

  it('is one primary item and any number beside it', async () => {
    const { store, projectId, clock } = await openAttention(database())
    const first = await store.focus({ projectId, target: item('a'), reason: 'a new task' })
    expect(first).toEqual({
      id: expect.any(String),
      projectId,
      sessionId: undefined,
      target: item('a'),
      weight: 1,
      level: 'primary',
      transition: 'voluntary',
      reason: 'a new task',
      previousId: undefined,
      startedAt: clock.now(),
      endedAt: undefined,
    })
    await store.focus({ projectId, target: item('b'), level: 'background', weight: 0.3 })
    await store.focus({ projectId, target: item('c'), level: 'secondary', weight: 0.2 })
    await store.focus({ projectId, target: item('d'), level: 'secondary', weight: 0.6 })
    expect(inView(await store.currentFocus({ projectId }))).toEqual(['a', 'd', 'c', 'b'])
    clock.advance(1000)
    await store.focus({ projectId, target: item('b') })
    expect(inView(await store.currentFocus({ projectId }))).toEqual(['b', 'd', 'c'])
    const { focuses } = await store.focusHistory({ projectId })
    expect(focuses).toHaveLength(5)
    expect(focuses.find(({ id }) => id === first.id)?.endedAt).toEqual(clock.now())
    expect(await store.returnToPrevious({ projectId })).toBeUndefined()
  })

  it('goes back through shifts, one by one', async () => {
    const { store, projectId } = await openAttention(database())
    expect(await store.returnToPrevious({ projectId })).toBeUndefined()
    const shift = (id: string) =>
      store.shiftFocus({ projectId, target: item(id), transition: 'interruption' })
    expect((await shift('a')).previous).toBeUndefined()
    expect(await shift('b')).toMatchObject({
      focus: { target: item('b'), transition: 'interruption' },
      previous: { target: item('a'), endedAt: expect.any(Date) },
    })
    await shift('c')
    expect(await store.returnToPrevious({ projectId })).toMatchObject({
      focus: { target: item('b'), transition: 'return', level: 'primary' },
      previous: { target: item('c') },
    })
    expect(await store.returnToPrevious({ projectId })).toMatchObject({
      focus: { target: item('a'), transition: 'return' },
    })
    expect(await store.returnToPrevious({ projectId })).toBeUndefined()
    expect(inView(await store.currentFocus({ projectId }))).toEqual(['a'])
  })

  it('has nothing to return to when that is forgotten', async () => {
    const { store, projectId } = await openAttention(database())
    await store.focus({ projectId, target: item('a') })
    await store.shiftFocus({ projectId, target: item('b') })
    await store.forgetItems([item('a')])
    expect(await store.returnToPrevious({ projectId })).toBeUndefined()
    expect(inView(await store.currentFocus({ projectId }))).toEqual(['b'])
  })

  it('is that of a session', async () => {
    const { store, projectId } = await openAttention(database())
    await store.focus({ projectId, sessionId: 's1', target: item('a') })
    await store.focus({ projectId, sessionId: 's2', target: item('b') })
    await store.focus({ projectId, target: item('c') })
    expect(inView(await store.currentFocus({ projectId, sessionId: 's1' }))).toEqual(['a'])
    expect(inView(await store.currentFocus({ projectId }))).toEqual(['c'])
    expect((await store.focusHistory({ projectId, sessionId: 's2' })).focuses).toHaveLength(1)
  })

  it('stays one primary when many callers focus at once', async () => {
    const { store, projectId } = await openAttention(database())
    const calls = Array.from({ length: 10 }, (_, at) =>
      store.shiftFocus({ projectId, target: item(`m${at}`) }),
    )
    await Promise.all(calls)
    expect(await store.currentFocus({ projectId })).toHaveLength(1)
    for (let back = 0; back < 9; back += 1) {
      expect(await store.returnToPrevious({ projectId })).toBeDefined()
    }
    expect(await store.returnToPrevious({ projectId })).toBeUndefined()
  })

  it('is listed the latest first, each once', async () => {
    const { store, projectId, clock } = await openAttention(database())
    for (const id of ['a', 'b', 'c', 'd', 'e']) {
      await store.focus({ projectId, target: item(id) })
      clock.advance(id < 'c' ? 0 : 1000)
    }
    const seen = []
    let cursor: string | undefined
    do {
      const page = await store.focusHistory({ projectId, limit: 2, cursor })
      seen.push(...page.focuses)
      cursor = page.nextCursor
    } while (cursor !== undefined)
    expect(inView(seen)).toEqual(['e', 'd', 'c', 'b', 'a'])
  })

  it('refuses what cannot be', async () => {
    const { store, projectId } = await openAttention(database())
    const focus = { projectId, target: item('a') }
    await expect(store.focus({ ...focus, weight: 2 })).rejects.toThrow('weight must be')
    await expect(store.shiftFocus({ ...focus, target: item('') })).rejects.toThrow('target.id')
    await expect(store.focus({ ...focus, projectId: 'none' })).rejects.toMatchObject({
      code: 'missing-reference',
    })
  })
})

describeEachBackend('inhibition', (database) => {
  it('wears off by half in half an hour, and adds up', async () => {
    const { store, projectId, clock } = await openAttention(database())
    await store.inhibit({ projectId, target: item('a'), strength: 0.8 })
    await store.inhibit({ projectId, target: item('b') })
    clock.advance(30 * MINUTE_MS)
    await store.inhibit({ projectId, target: item('b'), strength: 0.2 })
    expect(await store.inhibited({ projectId })).toEqual([
      { ...item('b'), inhibition: expect.closeTo(0.45, 12) },
      { ...item('a'), inhibition: expect.closeTo(0.4, 12) },
    ])
    clock.advance(30 * MINUTE_MS)
    expect(await store.inhibited({ projectId })).toEqual([])
    expect(await store.inhibited({ projectId, threshold: 0.1, items: [item('a')] })).toEqual([
      { ...item('a'), inhibition: expect.closeTo(0.2, 12) },
    ])
    expect(await store.inhibited({ projectId, threshold: 0, limit: 1 })).toHaveLength(1)
  })

  it('ends when it expires or is released', async () => {
    const { store, projectId, clock } = await openAttention(database())
    const { expiresAt } = await store.inhibit({
      projectId,
      target: item('a'),
      strength: 1,
      durationMs: 1000,
    })
    expect(expiresAt).toEqual(new Date(clock.now().getTime() + 1000))
    for (const id of ['b', 'b']) await store.inhibit({ projectId, target: item(id) })
    expect(await store.inhibited({ projectId })).toHaveLength(2)
    expect(await store.release({ projectId, target: item('b') })).toBe(2)
    expect(await store.release({ projectId, target: item('b') })).toBe(0)
    expect(await store.inhibited({ projectId })).toMatchObject([item('a')])
    clock.advance(1000)
    expect(await store.inhibited({ projectId })).toEqual([])
    await expect(store.inhibit({ projectId, target: item('a'), strength: 3 })).rejects.toThrow(
      'strength must be',
    )
  })
})

describeEachBackend('priming', (database) => {
  it('lasts an hour, through all of its bands', async () => {
    const { store, projectId, clock } = await openAttention(database())
    expect(await store.prime({ projectId, items: [item('a'), item('b')] })).toBe(2)
    const boosts = async () => (await store.primed({ projectId })).map(({ boost }) => boost)
    expect(await boosts()).toEqual([2, 2])
    clock.advance(10 * MINUTE_MS)
    expect(await boosts()).toEqual([1.5, 1.5])
    clock.advance(30 * MINUTE_MS)
    expect(await boosts()).toEqual([1.2, 1.2])
    clock.advance(20 * MINUTE_MS)
    expect(await boosts()).toEqual([])
  })

  it('counts the strongest of several, and no mere access', async () => {
    const { store, projectId, clock } = await openAttention(database())
    const primedAt = clock.now()
    await store.prime({ projectId, items: [item('a')] })
    clock.advance(MINUTE_MS)
    await store.prime({ projectId, items: [{ ...item('a'), activation: 0.5 }, item('b')] })
    await store.recordAccess({ projectId, items: [item('c')] })
    expect(await store.primed({ projectId })).toEqual([
      { ...item('b'), boost: 2, primedAt: clock.now() },
      { ...item('a'), boost: 2, primedAt },
    ])
    expect(await store.primed({ projectId, limit: 1 })).toMatchObject([item('b')])
  })
})
