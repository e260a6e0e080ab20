import { describeEachBackend } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import { openConversation } from './open-conversation.ts'

describeEachBackend('messages', (database) => {
  it('stand in their thread in order, with tokens given or estimated', async () => {
    const { store, thread, clock } = await openConversation(database())
    const saidAt = new Date('2025-12-31T10:00:00Z')
    const { message, notices } = await store.addMessage(thread.id, {
      role: 'user',
      content: 'Why does the build fail?',
      speaker: 'Ada',
      saidAt,
      metadata: { channel: 'cli' },
    })
    expect(notices).toEqual([])
    expect(message).toMatchObject({ position: 0, tokens: 6, speaker: 'Ada', saidAt })
    await store.addMessages(thread.id, [
      { role: 'assistant', content: 'The lockfile is old.', tokens: 40, model: 'm1' },
      { role: 'user', content: 'Thanks' },
    ])
    const view = await store.thread(thread.id)
    expect(view?.messages.map(({ position, role }) => [position, role])).toEqual([
      [0, 'user'],
      [1, 'assistant'],
      [2, 'user'],
    ])
    expect(view?.messages[0]).toEqual(message)
    expect(view?.thread).toMatchObject({
      messageCount: 3,
      tokenCount: 48,
      lastActiveAt: clock.now(),
    })
  })

  it('are read page by page from either end', async () => {
    const { store, thread } = await openConversation(database())
    const lines = Array.from({ length: 5 }, (_, at) => ({ role: 'user', content: `Line ${at}` }))
    await store.addMessages(thread.id, lines)
    const page = await store.thread(thread.id, { limit: 2 })
    expect(page?.messages.map(({ content }) => content)).toEqual(['Line 0', 'Line 1'])
    const last = await store.thread(thread.id, { limit: 3, cursor: page?.nextCursor })
    expect(last?.messages.map(({ content }) => content)).toEqual(['Line 2', 'Line 3', 'Line 4'])
    expect(last?.nextCursor).toBeUndefined()
    const newest = await store.thread(thread.id, { order: 'newest', limit: 2 })
    expect(newest?.messages.map(({ content }) => content)).toEqual(['Line 4', 'Line 3'])
    const before = await store.thread(thread.id, { order: 'newest', cursor: newest?.nextCursor })
    expect(before?.messages.map(({ content }) => content)).toEqual(['Line 2', 'Line 1', 'Line 0'])
    await expect(store.thread(thread.id, { cursor: 'x' })).rejects.toThrow('cursor must be')
  })

  it('of callers at the same time get places one after the other', async () => {
    const { store, thread } = await openConversation(database())
    await Promise.all(
      Array.from({ length: 12 }, (_, at) =>
        store.addMessage(thread.id, { role: 'user', content: `Said by ${at}`, tokens: 1 }),
      ),
    )
    const view = await store.thread(thread.id)
    expect(view?.messages.map(({ position }) => position)).toEqual(
      Array.from({ length: 12 }, (_, at) => at),
    )
    expect(view?.thread).toMatchObject({ messageCount: 12, tokenCount: 12 })
  })

  it('are refused whole when one of them is empty or too long', async () => {
    const { store, thread } = await openConversation(database())
    for (const content of ['', ' \0', 'x'.repeat(1_048_577)]) {
      await expect(
        store.addMessages(thread.id, [
          { role: 'user', content: 'fine' },
          { role: 'user', content },
        ]),
      ).rejects.toMatchObject({ code: 'invalid', message: expect.stringContaining('content') })
    }
    expect((await store.thread(thread.id))?.messages).toEqual([])
  })

  it('are documents with speaker, role, thread and place', async () => {
    const { store, documents, projectId, session } = await openConversation(database())
    const { id } = await store.startThread({ sessionId: session.id, tags: ['build'] })
    await store.addMessages(id, [
      { role: 'user', content: 'Why does the build fail?', speaker: 'Ada' },
      { role: 'tool', content: 'The build printed zebrafinch' },
    ])
    const { results } = await documents.search('build zebrafinch', { projectId, tags: ['build'] })
    expect(results.map((each) => [each.kind, each.role, each.groupId, each.position])).toEqual(
      expect.arrayContaining([
        ['message', 'user', id, 0],
        ['message', 'tool', id, 1],
      ]),
    )
    expect(results.find(({ role }) => role === 'user')).toMatchObject({
      layer: 'conversation',
      speaker: 'Ada',
      occurredAt: new Date('2026-01-01T00:00:00Z'),
    })
  })

  it('take part in a transaction of the caller', async () => {
    const { store, documents, thread, projectId, clock } = await openConversation(database())
    const { createConversationStore } = await import('../src/index.ts')
    const failed = database().transaction(async (tx) => {
      const inside = createConversationStore(tx, { documents, now: clock.now })
      await inside.addMessage(thread.id, { role: 'user', content: 'Never said' })
      throw new Error('no')
    })
    await expect(failed).rejects.toThrow('no')
    expect((await store.thread(thread.id))?.thread.messageCount).toBe(0)
    expect((await store.search({ projectId, query: 'never said' })).results).toEqual([])
  })
})

describeEachBackend('searching conversations', (database) => {
  it('keeps to the session, thread, roles, kinds and times that are asked for', async () => {
    const { store, projectId, session, thread, say, clock } = await openConversation(database())
    await say([
      ['user', 'The tea is green'],
      ['assistant', 'Green tea it is'],
    ])
    const other = await store.startThread({ sessionId: session.id })
    const { session: second } = await store.startSession({ projectId })
    const third = await store.startThread({ sessionId: second.id })
    clock.advance(60_000)
    await store.addMessage(other.id, { role: 'user', content: 'Tea again' })
    await store.addMessage(third.id, { role: 'user', content: 'Tea once more' })
    await store.summarize({ threadId: thread.id, content: 'They spoke of tea', model: 'm1' })
    const found = async (options: object) => {
      const { results } = await store.search({ projectId, query: 'tea', ...options })
      return results.map(({ content }) => content).toSorted()
    }
    const spoken = ['Green tea it is', 'Tea again', 'Tea once more', 'The tea is green']
    expect(await found({ kinds: ['message'] })).toEqual(spoken)
    expect(await found({})).toEqual([...spoken, 'They spoke of tea'].toSorted())
    expect(await found({ kinds: ['summary'] })).toEqual(['They spoke of tea'])
    expect(await found({ threadId: other.id })).toEqual(['Tea again'])
    expect(await found({ sessionId: second.id })).toEqual(['Tea once more'])
    expect(await found({ roles: ['assistant'] })).toEqual(['Green tea it is'])
    expect(await found({ threadId: third.id, limit: 1 })).toEqual(['Tea once more'])
    expect(await found({ from: clock.now(), kinds: ['message'] })).toEqual([
      'Tea again',
      'Tea once more',
    ])
    expect(await found({ query: 'quantum chromodynamics' })).toEqual([])
    const { results } = await store.search({ projectId, query: 'green', limit: 1 })
    expect(results[0]).toMatchObject({
      kind: 'message',
      sessionId: session.id,
      threadId: thread.id,
      role: expect.any(String),
      hybridScore: expect.any(Number),
      keywordRank: expect.any(Number),
    })
  })
})
