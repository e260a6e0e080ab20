import { describeEachBackend } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import { DAY_MS, openSemantic } from './open-semantic.ts'

describeEachBackend('new versions', (database) => {
  it('keep the old one, its reason and what was not changed', async () => {
    const { store, projectId, clock } = await openSemantic(database())
    const { memory: old } = await store.remember({
      projectId,
      content: 'The shop closes at six',
      memoryType: 'decision',
      tags: ['hours'],
      confidence: 0.7,
      trust: 'user',
      speaker: 'Ada',
      groupId: 'session',
      position: 3,
    })
    clock.advance(DAY_MS)
    const superseded = await store.supersede(old.id, {
      content: 'The shop closes at eight',
      reason: 'new hours',
      confidence: 0.9,
    })
    expect(superseded).toMatchObject({
      isDuplicate: false,
      memory: {
        content: 'The shop closes at eight',
        version: 2,
        memoryType: 'decision',
        tags: ['hours'],
        confidence: 0.9,
        trust: 'user',
        validFrom: clock.now(),
        consolidationState: 'unconsolidated',
      },
      previous: {
        id: old.id,
        content: 'The shop closes at six',
        version: 1,
        supersededBy: superseded?.memory.id,
        supersededAt: clock.now(),
        supersededReason: 'new hours',
        validUntil: clock.now(),
        consolidationState: 'superseded',
      },
    })
    const { results } = await store.recall({ projectId, query: 'when does the shop close' })
    expect(results).toMatchObject([{ version: 2, speaker: 'Ada', groupId: 'session', position: 3 }])
  })

  it('leave the old one to be recalled as of a time when it was true', async () => {
    const { store, projectId, clock } = await openSemantic(database())
    const query = 'when does the shop close'
    const { memory } = await store.remember({ projectId, content: 'The shop closes at six' })
    clock.advance(10 * DAY_MS)
    const asOf = new Date(clock.now().getTime() - DAY_MS)
    const later = new Date(clock.now().getTime() + DAY_MS)
    await store.supersede(memory.id, { content: 'The shop closes at eight' })
    const contents = async (at?: Date) => {
      const { results } = await store.recall({ projectId, query, asOf: at })
      return results.map(({ content }) => content)
    }
    expect(await contents()).toEqual(['The shop closes at eight'])
    expect(await contents(later)).toEqual(['The shop closes at eight'])
    expect(await contents(asOf)).toEqual(['The shop closes at six'])
  })

  it('take effect when they say, also later than now or before the old one began', async () => {
    const { store, projectId, clock } = await openSemantic(database())
    const at = (days: number) => new Date(clock.now().getTime() + days * DAY_MS)
    const { memory } = await store.remember({
      projectId,
      content: 'Closes at six',
      validFrom: at(-5),
    })
    const next = await store.supersede(memory.id, { content: 'Closes at eight', validFrom: at(5) })
    const recalled = async (asOf: Date) =>
      (await store.recall({ projectId, query: 'closes', asOf })).results.map((each) => each.content)
    expect(await recalled(at(1))).toEqual(['Closes at six'])
    expect(await recalled(at(6))).toEqual(['Closes at eight'])
    await store.supersede(next?.memory.id ?? '', { content: 'Closes at nine', validFrom: at(-9) })
    expect(await recalled(at(6))).toEqual(['Closes at nine'])
  })

  it('form one history, the same from every version', async () => {
    const { store, projectId, clock } = await openSemantic(database())
    const { memory } = await store.remember({ projectId, content: 'one' })
    const ids = [memory.id]
    for (const content of ['two', 'three', 'four']) {
      clock.advance(1000)
      const superseded = await store.supersede(ids.at(-1) ?? '', { content })
      ids.push(superseded?.memory.id ?? '')
    }
    for (const id of ids) {
      const versions = await store.history(id)
      expect(versions.map((each) => each.id)).toEqual(ids)
      expect(versions.map(({ version }) => version)).toEqual([1, 2, 3, 4])
    }
    expect(await store.history('none')).toEqual([])
    expect((await store.list({ projectId })).memories.map(({ id }) => id)).toEqual([ids[3]])
    const all = await store.list({ projectId, includeSuperseded: true })
    expect(all.memories).toHaveLength(4)
  })

  it('are refused for an old version, which names its successor', async () => {
    const { store, projectId } = await openSemantic(database())
    const { memory } = await store.remember({ projectId, content: 'one' })
    const next = await store.supersede(memory.id, { content: 'two' })
    const refused = store.supersede(memory.id, { content: 'three' })
    await expect(refused).rejects.toMatchObject({ code: 'conflict' })
    await expect(refused).rejects.toThrow(`supersede ${next?.memory.id}`)
    await expect(store.supersede(next?.memory.id ?? '', { content: 'two' })).rejects.toThrow(
      'content is the same',
    )
    expect(await store.supersede('none', { content: 'x' })).toBeUndefined()
  })

  it('merge into a memory that says the same', async () => {
    const { store, projectId } = await openSemantic(database())
    const { memory: wordy } = await store.remember({
      projectId,
      content: 'Tea is sold by its weight',
    })
    const { memory: short } = await store.remember({ projectId, content: 'Tea is sold by weight' })
    const merged = await store.supersede(wordy.id, { content: 'Tea is sold by weight' })
    expect(merged).toMatchObject({ isDuplicate: true, memory: { id: short.id, version: 1 } })
    expect((await store.list({ projectId })).memories.map(({ id }) => id)).toEqual([short.id])
    expect((await store.history(short.id)).map(({ id }) => id)).toEqual([wordy.id, short.id])
  })

  it('come from one of two callers at once', async () => {
    const { store, projectId } = await openSemantic(database())
    const { memory } = await store.remember({ projectId, content: 'one' })
    const results = await Promise.allSettled(
      ['two', 'three'].map((content) => store.supersede(memory.id, { content })),
    )
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await store.history(memory.id)).toHaveLength(2)
  })
})
