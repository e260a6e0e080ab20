import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describeEachBackend } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import { parseTranscript } from '../src/index.ts'
import { addProject, openConversation } from './open-conversation.ts'

const line = (second: number, role: string, content: unknown) =>
  JSON.stringify({
    type: role,
    uuid: `u${second}`,
    sessionId: 'host-1',
    timestamp: new Date(Date.UTC(2026, 0, 1, 10, 0, second)).toISOString(),
    message: { role, content },
    ...(role === 'helper' && { type: 'assistant', isSidechain: true, agentId: 'a1' }),
  })

const transcript = [
  line(1, 'user', 'Fix the build'),
  'not json',
  line(2, 'assistant', [{ type: 'tool_use', id: 't1', name: 'Bash', input: { command: 'make' } }]),
  line(3, 'user', [{ type: 'tool_result', tool_use_id: 't1', content: 'all green' }]),
  line(4, 'assistant', [{ type: 'text', text: 'The lockfile was out of date' }]),
  line(5, 'helper', 'Looking around'),
].join('\n')

describeEachBackend('ingesting transcripts', (database) => {
  it('keeps sessions, threads and messages, names bad lines and lists calls of tools', async () => {
    const { store, projectId } = await openConversation(database())
    const report = await store.ingestJsonl({ projectId, text: transcript })
    expect(report).toMatchObject({
      added: 5,
      known: 0,
      problems: [{ line: 2, problem: 'is no JSON', isSkipped: true }],
      notices: [],
      sessions: [{ externalId: 'host-1' }],
    })
    const sessionId = report.sessions[0]?.id
    const { threads } = await store.recent({ projectId, sessionId, includeArchived: true })
    expect(threads.map(({ title, messageCount }) => [title, messageCount])).toEqual([
      ['a1', 1],
      [undefined, 4],
    ])
    const main = await store.thread(threads[1]?.id ?? '')
    expect(main?.messages.map(({ position, role, content }) => [position, role, content])).toEqual([
      [0, 'user', 'Fix the build'],
      [1, 'assistant', '[Bash] {"command":"make"}'],
      [2, 'tool', 'all green'],
      [3, 'assistant', 'The lockfile was out of date'],
    ])
    expect(main?.thread).toMatchObject({
      startedAt: new Date('2026-01-01T10:00:01Z'),
      lastActiveAt: new Date('2026-01-01T10:00:04Z'),
    })
    expect(report.toolCalls).toMatchObject([
      {
        name: 'Bash',
        outcome: 'success',
        isNew: true,
        sessionId,
        threadId: threads[1]?.id,
        messageId: main?.messages[1]?.id,
      },
    ])
    const { results } = await store.search({ projectId, query: 'lockfile' })
    expect(results[0]).toMatchObject({ sessionId, content: 'The lockfile was out of date' })
    // A helper's side conversation is no recent thread.
    expect((await store.recent({ projectId, sessionId })).threads).toHaveLength(1)
  })

  it('adds nothing on a second run, and only what is new when the transcript has grown', async () => {
    const { store, projectId } = await openConversation(database())
    const first = await store.ingestJsonl({ projectId, text: transcript })
    const again = await store.ingestJsonl({ projectId, text: transcript })
    expect(again).toMatchObject({ added: 0, known: 5, sessions: first.sessions })
    expect(again.toolCalls).toEqual(first.toolCalls.map((call) => ({ ...call, isNew: false })))
    const grown = `${transcript}\n${line(9, 'user', 'Thank you')}`
    expect(await store.ingestJsonl({ projectId, text: grown })).toMatchObject({
      added: 1,
      known: 5,
    })
    const [thread] = (await store.recent({ projectId })).threads
    expect(thread).toMatchObject({ messageCount: 5 })
    const newest = await store.thread(thread?.id ?? '', { order: 'newest', limit: 1 })
    expect(newest?.messages).toMatchObject([{ content: 'Thank you', position: 4 }])
    expect(await store.ingestJsonl({ projectId, text: grown })).toMatchObject({ added: 0 })
    const other = await addProject(database(), 'other')
    expect(await store.ingestJsonl({ projectId: other, text: grown })).toMatchObject({ added: 6 })
  })

  it('adds everything once when callers come at the same time', async () => {
    const { store, projectId } = await openConversation(database())
    const reports = await Promise.all(
      Array.from({ length: 4 }, () => store.ingestJsonl({ projectId, text: transcript })),
    )
    expect(reports.reduce((sum, { added }) => sum + added, 0)).toBe(5)
    const [thread] = (await store.recent({ projectId })).threads
    expect(thread).toMatchObject({ messageCount: 4 })
  })

  it('recognises names that hold what databases do not keep', async () => {
    const { store, projectId } = await openConversation(database())
    const text = JSON.stringify({
      role: 'user',
      content: 'a\0\uD800b',
      session: 's\0\uD800',
      id: '\0',
    })
    expect(await store.ingestJsonl({ projectId, text })).toMatchObject({ added: 1 })
    expect(await store.ingestJsonl({ projectId, text })).toMatchObject({ added: 0, known: 1 })
  })

  it('goes on in a session that the host started', async () => {
    const { store, projectId } = await openConversation(database())
    const { session } = await store.startSession({ projectId, externalId: 'host-1' })
    const { sessions } = await store.ingestJsonl({ projectId, text: transcript })
    expect(sessions).toEqual([{ id: session.id, externalId: 'host-1' }])
  })

  it('takes many sessions and long transcripts', async () => {
    const { store, projectId } = await openConversation(database(), { hasVectors: false })
    const many = Array.from({ length: 1040 }, (_, at) =>
      JSON.stringify({ role: 'user', content: `Line ${at}`, sessionId: `s${at % 520}` }),
    ).join('\n')
    expect(await store.ingestJsonl({ projectId, text: many })).toMatchObject({ added: 1040 })
    expect(await store.ingestJsonl({ projectId, text: many })).toMatchObject({ known: 1040 })
    const { threads } = await store.recent({ projectId, limit: 500 })
    expect(threads.filter(({ messageCount }) => messageCount === 2)).toHaveLength(500)
  })

  it('stands in one transaction with what the caller records of it', async () => {
    const { store, documents, projectId } = await openConversation(database())
    const { createConversationStore } = await import('../src/index.ts')
    const parsed = parseTranscript(transcript)
    const failed = database().transaction(async (tx) => {
      const inside = createConversationStore(tx, { documents })
      const { toolCalls } = await inside.ingestJsonl({ projectId, transcript: parsed })
      throw new Error(`${toolCalls.length} calls`)
    })
    await expect(failed).rejects.toThrow('1 calls')
    expect((await store.ingestJsonl({ projectId, transcript: parsed })).added).toBe(5)
  })

  it('reads files, named after which are sessions without a name', async () => {
    const { store, projectId } = await openConversation(database())
    const folder = await mkdtemp(join(tmpdir(), 'transcript-'))
    const path = join(folder, 'monday.jsonl')
    await writeFile(path, '{"role":"user","content":"Hello"}\n')
    const { sessions } = await store.ingestJsonl({ projectId, path })
    expect(sessions).toMatchObject([{ externalId: 'monday' }])
    for (const wrong of [folder, join(folder, 'none.jsonl')]) {
      await expect(store.ingestJsonl({ projectId, path: wrong })).rejects.toMatchObject({
        code: 'invalid',
        message: expect.stringContaining('path must name a file'),
      })
    }
    await rm(folder, { recursive: true })
    await expect(store.ingestJsonl({ projectId })).rejects.toThrow('either text or path')
    await expect(store.ingestJsonl({ projectId, path, text: 'x' })).rejects.toThrow('not both')
    await expect(store.ingestJsonl({ projectId: 'none', text: transcript })).rejects.toMatchObject({
      code: 'missing-reference',
    })
    expect(await store.ingestJsonl({ projectId, text: '\n' })).toMatchObject({
      added: 0,
      sessions: [],
    })
  })

  it('reads no file where the host refuses to', async () => {
    const readTranscript = async () => {
      throw new Error('no files here')
    }
    const { store, projectId } = await openConversation(database(), { readTranscript })
    await expect(store.ingestJsonl({ projectId, path: '/etc/hosts' })).rejects.toThrow('no files')
  })
})
