import { bindOperations, createRegistry, toJsonSchema } from '@athena-memory/operations'
import { describeEachBackend } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { conversationOperations } from '../src/index.ts'
import { openConversation } from './open-conversation.ts'

const idOf = (value: unknown): string => z.object({ id: z.string() }).parse(value).id

describeEachBackend('conversation operations', (database) => {
  const open = async () => {
    const opened = await openConversation(database())
    const { call } = createRegistry(bindOperations(opened.store, conversationOperations))
    return { ...opened, call }
  }

  it('are one for each method of the store', async () => {
    const { store } = await open()
    const verbs = Object.keys(store).map((method) =>
      method.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    )
    expect(conversationOperations.map(({ verb }) => verb).toSorted()).toEqual(verbs.toSorted())
  })

  it('have schemas that JSON can carry, and examples', () => {
    for (const { input, output, examples } of conversationOperations) {
      expect(toJsonSchema(input, 'input').type).toBe('object')
      expect(toJsonSchema(output, 'output').type).toBe('object')
      expect(examples.length).toBeGreaterThan(0)
    }
  })

  it('carry a conversation through its life', async () => {
    const { call, projectId } = await open()
    const startedAt = '2025-12-31T09:00:00.000Z'
    const started = await call('conversation.start-session', {
      projectId,
      externalId: 's-42',
      startedAt,
    })
    expect(started).toMatchObject({ created: true, session: { externalId: 's-42', startedAt } })
    const sessionId = idOf(started['session'])
    const { thread } = await call('conversation.start-thread', { sessionId, title: 'Build' })
    const threadId = idOf(thread)
    const said = { role: 'user', content: 'Why does the build fail?' }
    expect(await call('conversation.add-message', { threadId, ...said })).toMatchObject({
      message: { ...said, position: 0, tokens: 6 },
      notices: [],
    })
    const messages = [{ role: 'assistant', content: 'The lockfile is out of date.' }]
    expect(await call('conversation.add-messages', { threadId, messages })).toMatchObject({
      messages: [{ position: 1 }],
    })
    expect(await call('conversation.thread', { id: threadId, order: 'newest' })).toMatchObject({
      thread: { messageCount: 2 },
      messages: [{ position: 1 }, { position: 0 }],
    })
    expect(await call('conversation.thread', { id: 'none' })).toEqual({ messages: [] })
    expect(await call('conversation.search', { projectId, query: 'lockfile' })).toMatchObject({
      results: [{ kind: 'message', sessionId }, { kind: 'message' }],
    })
    expect(await call('conversation.recent', { projectId, limit: 1 })).toMatchObject({
      threads: [{ id: expect.any(String) }],
      nextCursor: expect.any(String),
    })
    expect(await call('conversation.export', { threadId, format: 'json' })).toMatchObject({
      export: { messages: 2 },
    })
    expect(await call('conversation.end-session', { id: sessionId })).toMatchObject({
      session: { endedAt: expect.any(String) },
    })
    expect(await call('conversation.sessions', { projectId })).toMatchObject({
      sessions: [{ title: 'Monday' }, { externalId: 's-42' }],
    })
    expect(await call('conversation.archive', { id: threadId })).toMatchObject({
      thread: { archivedAt: expect.any(String) },
    })
    expect(await call('conversation.forget', { id: sessionId })).toMatchObject({ messages: 2 })
  })

  it('keep what a conversation came to and where it stood', async () => {
    const { call, projectId, thread, say } = await open()
    await say([['user', 'The build fails on Fridays.']])
    const threadId = thread.id
    expect(await call('conversation.summarize', { threadId })).toMatchObject({
      summary: { method: 'extractive', content: 'user: The build fails on Fridays.' },
      isUnchanged: false,
    })
    expect(await call('conversation.summarize', { threadId: 'none' })).toEqual({
      isUnchanged: true,
      redactions: 0,
      notices: [],
    })
    expect(await call('conversation.summaries', { projectId })).toMatchObject({
      summaries: [{ threadId }],
    })
    const state = { files: ['a.ts'] }
    expect(await call('conversation.snapshot', { projectId, threadId, state })).toMatchObject({
      snapshot: { state, reason: 'manual' },
    })
    expect(await call('conversation.snapshots', { projectId })).toMatchObject({
      snapshots: [{ threadId }],
    })
    expect(await call('conversation.recover', { projectId })).toMatchObject({
      snapshot: { state, recoveredAt: expect.any(String) },
    })
    expect(await call('conversation.resumption-brief', { projectId })).toMatchObject({
      text: expect.stringContaining('Fridays'),
      threadId,
      tasks: [],
    })
  })

  it('take transcripts in', async () => {
    const { call, projectId } = await open()
    const text = '{"role":"user","content":"Hello"}\nbroken'
    const problems = [{ line: 2, problem: 'is no JSON', isSkipped: true }]
    expect(
      await call('conversation.ingest-jsonl', { projectId, text, session: 's' }),
    ).toMatchObject({ added: 1, known: 0, problems, problemCount: 1, toolCalls: [] })
    expect(
      await call('conversation.ingest-jsonl', { projectId, text, session: 's' }),
    ).toMatchObject({ added: 0, known: 1 })
  })

  it('fail without a word of what was said', async () => {
    const { call, store, projectId, thread } = await open()
    const secret = 'zebrafinch'
    const big = { [secret]: secret.repeat(200_000) }
    const wrong = [
      ['conversation.add-message', { threadId: 'none', role: 'user', content: secret }],
      ['conversation.add-message', { threadId: thread.id, role: secret.repeat(9), content: 'x' }],
      [
        'conversation.add-message',
        { threadId: thread.id, role: 'user', content: secret, saidAt: secret },
      ],
      ['conversation.snapshot', { projectId, content: secret, state: big }],
      ['conversation.summarize', { threadId: thread.id, sessionId: secret, content: secret }],
      ['conversation.thread', { id: thread.id, cursor: secret }],
      ['conversation.ingest-jsonl', { projectId, path: `/${secret}` }],
      [
        'conversation.ingest-jsonl',
        { projectId: 'none', text: `{"role":"user","content":"${secret}"}` },
      ],
    ] as const
    for (const [name, input] of wrong) {
      const message = await call(name, input).then(
        () => 'it did not fail',
        (error: unknown) => String(error),
      )
      expect(message).toMatch(/OperationError/)
      expect(message).not.toContain(secret)
    }
    const report = await store.ingestJsonl({ projectId, text: `${secret}\n["${secret}"]` })
    expect(JSON.stringify(report.problems)).not.toContain(secret)
  })
})
