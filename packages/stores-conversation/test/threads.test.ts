import { describeEachBackend } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import { addProject, openConversation } from './open-conversation.ts'

describeEachBackend('sessions and threads', (database) => {
  it('a session of a known name is taken up again and not made twice', async () => {
    const { store, projectId, clock } = await openConversation(database())
    const given = { projectId, externalId: 'host-1', agent: 'coder', context: { cwd: '/a' } }
    const first = await store.startSession(given)
    expect(first).toMatchObject({
      created: true,
      session: { agent: 'coder', startedAt: clock.now() },
    })
    const before = new Date(0)
    await expect(store.endSession(first.session.id, before)).rejects.toThrow('endedAt must not')
    clock.advance(1000)
    const ended = await store.endSession(first.session.id)
    expect(ended?.endedAt).toEqual(clock.now())
    clock.advance(1000)
    expect((await store.endSession(first.session.id))?.endedAt).toEqual(ended?.endedAt)
    const again = await store.startSession({ projectId, externalId: 'host-1', title: 'Later' })
    expect(again.created).toBe(false)
    expect(again.session).toMatchObject({
      id: first.session.id,
      title: 'Later',
      agent: 'coder',
      context: { cwd: '/a' },
      endedAt: undefined,
      startedAt: first.session.startedAt,
    })
    const other = await addProject(database(), 'other')
    expect((await store.startSession({ ...given, projectId: other })).created).toBe(true)
  })

  it('callers at the same time start one session of a name', async () => {
    const { store, projectId } = await openConversation(database())
    const started = await Promise.all(
      Array.from({ length: 6 }, () => store.startSession({ projectId, externalId: 'same' })),
    )
    expect(new Set(started.map(({ session }) => session.id)).size).toBe(1)
    expect(started.filter(({ created }) => created)).toHaveLength(1)
  })

  it('sessions are listed page by page, the latest first', async () => {
    const { store, projectId, session: first, clock } = await openConversation(database())
    const ids = [first.id]
    for (let at = 0; at < 4; at += 1) {
      if (at % 2 === 0) clock.advance(1000)
      ids.push((await store.startSession({ projectId })).session.id)
    }
    const listed: string[] = []
    let cursor: string | undefined
    do {
      const page = await store.sessions({ projectId, limit: 2, cursor })
      listed.push(...page.sessions.map(({ id }) => id))
      cursor = page.nextCursor
    } while (cursor !== undefined)
    expect(listed).toEqual(ids.toReversed())
    await expect(store.sessions({ projectId, cursor: 'nonsense' })).rejects.toThrow('cursor')
  })

  it('threads are recent by their last message, and archived ones are left out', async () => {
    const { store, projectId, session, thread, clock } = await openConversation(database())
    clock.advance(1000)
    const newer = await store.startThread({
      sessionId: session.id,
      title: 'Newer',
      tags: ['a', 'a'],
    })
    expect(newer).toMatchObject({ messageCount: 0, tags: ['a'], lastActiveAt: clock.now() })
    const recent = async (options = {}) =>
      (await store.recent({ projectId, ...options })).threads.map(({ id }) => id)
    expect(await recent()).toEqual([newer.id, thread.id])
    clock.advance(1000)
    await store.addMessage(thread.id, { role: 'user', content: 'Hello there' })
    expect(await recent()).toEqual([thread.id, newer.id])
    expect(await recent({ sessionId: 'none' })).toEqual([])
    const page = await store.recent({ projectId, limit: 1 })
    expect(await recent({ limit: 1, cursor: page.nextCursor })).toEqual([newer.id])
    clock.advance(1000)
    const archived = await store.archive(thread.id)
    expect(archived?.archivedAt).toEqual(clock.now())
    clock.advance(1000)
    expect((await store.archive(thread.id))?.archivedAt).toEqual(archived?.archivedAt)
    expect(await recent()).toEqual([newer.id])
    expect(await recent({ includeArchived: true })).toEqual([thread.id, newer.id])
    expect((await store.search({ projectId, query: 'hello' })).results).toHaveLength(1)
    expect((await store.archive(thread.id, { isArchived: false }))?.archivedAt).toBeUndefined()
    expect(await recent()).toEqual([thread.id, newer.id])
  })

  it('what is not there is absent, and what refers to it is refused', async () => {
    const { store } = await openConversation(database())
    expect(await store.endSession('none')).toBeUndefined()
    expect(await store.archive('none')).toBeUndefined()
    expect(await store.thread('none')).toBeUndefined()
    const missing = { code: 'missing-reference' }
    await expect(store.startSession({ projectId: 'none' })).rejects.toMatchObject(missing)
    await expect(store.startThread({ sessionId: 'none' })).rejects.toMatchObject({
      ...missing,
      message: expect.stringContaining('sessionId must be the id of a session'),
    })
    await expect(store.addMessage('none', { role: 'user', content: 'x' })).rejects.toMatchObject({
      ...missing,
      message: expect.stringContaining('threadId must be the id of a thread'),
    })
  })
})
