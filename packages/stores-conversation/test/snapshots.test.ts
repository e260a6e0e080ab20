import { describeEachBackend } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import { addProject, openConversation } from './open-conversation.ts'

describeEachBackend('snapshots', (database) => {
  it('keep a context that is recovered and found', async () => {
    const { store, projectId, session, clock } = await openConversation(database())
    const place = { projectId, sessionId: session.id }
    const { snapshot, notices } = await store.snapshot({
      ...place,
      content: 'We are renaming the zebrafinch module',
      reason: 'clear',
      label: 'before lunch',
      state: { files: ['a.ts'], tasks: [{ id: 't1' }] },
    })
    expect(notices).toEqual([])
    clock.advance(1000)
    await store.snapshot({ ...place, content: 'Something else', reason: 'compaction' })
    clock.advance(1000)
    expect(await store.recover({ projectId })).toMatchObject({
      content: 'Something else',
      recoveredAt: clock.now(),
    })
    const recovered = await store.recover({ projectId, id: snapshot.id })
    expect(recovered).toEqual({ ...snapshot, recoveredAt: clock.now(), updatedAt: clock.now() })
    const { snapshots } = await store.snapshots({ projectId })
    expect(snapshots.map(({ reason }) => reason)).toEqual(['compaction', 'clear'])
    const page = await store.snapshots({ projectId, limit: 1 })
    const rest = await store.snapshots({ projectId, cursor: page.nextCursor })
    expect(rest.snapshots.map(({ id }) => id)).toEqual([snapshot.id])
    const { results } = await store.search({ projectId, query: 'zebrafinch' })
    expect(results).toMatchObject([
      { id: snapshot.id, kind: 'snapshot', sessionId: session.id, threadId: undefined },
    ])
  })

  it('copy the last messages of a thread within a budget, and are not found beside them', async () => {
    const { store, projectId, session, thread, say } = await openConversation(database())
    await say([
      ['user', 'The zebrafinch sings'],
      ['tool', 'a long listing'],
      ['assistant', 'It does'],
      ['user', 'Loudly'],
    ])
    const place = { projectId, threadId: thread.id }
    const { snapshot } = await store.snapshot(place)
    expect(snapshot).toMatchObject({
      content: 'user: The zebrafinch sings\nassistant: It does\nuser: Loudly',
      sessionId: session.id,
      reason: 'manual',
      tokens: 15,
    })
    const { snapshot: short } = await store.snapshot({ ...place, maxTokens: 9 })
    expect(short.content).toBe('assistant: It does\nuser: Loudly')
    const { results } = await store.search({ projectId, query: 'zebrafinch' })
    expect(new Set(results.map(({ kind }) => kind))).toEqual(new Set(['message']))
  })

  it('keep to their project, session and thread', async () => {
    const { store, projectId, session, thread } = await openConversation(database())
    const other = await addProject(database(), 'other')
    const { session: second } = await store.startSession({ projectId })
    const content = 'A context'
    const { snapshot } = await store.snapshot({ projectId, threadId: thread.id, content })
    expect(await store.recover({ projectId: other })).toBeUndefined()
    expect(await store.recover({ projectId: other, id: snapshot.id })).toBeUndefined()
    expect(await store.recover({ projectId, sessionId: second.id })).toBeUndefined()
    expect(await store.recover({ projectId, sessionId: session.id })).toMatchObject({ content })
    for (const [place, problem] of [
      [{ projectId: other, threadId: thread.id }, 'threadId must be'],
      [{ projectId: other, sessionId: session.id }, 'sessionId must be'],
      [{ projectId, threadId: thread.id, sessionId: second.id }, 'the session of the thread'],
      [{ projectId, sessionId: 'none' }, 'sessionId must be'],
    ] as const) {
      await expect(store.snapshot({ ...place, content })).rejects.toMatchObject({
        code: 'missing-reference',
        message: expect.stringContaining(problem),
      })
    }
    await expect(store.snapshot({ projectId: 'none', content })).rejects.toMatchObject({
      code: 'missing-reference',
    })
    for (const place of [{ projectId }, { projectId, threadId: thread.id }]) {
      await expect(store.snapshot(place)).rejects.toThrow('content must be given')
    }
  })
})
