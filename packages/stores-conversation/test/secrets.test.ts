import { describeEachBackend, tablesWith } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import { createConversationStore, parseTranscript } from '../src/index.ts'
import { openConversation } from './open-conversation.ts'

// Put together here, so that this file holds nothing that looks like a secret.
const letters = 'a1B2c3D4e5F6'.repeat(3)
const token = `ghp_${letters}`
const words = /a1B2c3D4/i
const cut = '[redacted secret]'

const call = (command: string, answer: string) => [
  {
    role: 'assistant',
    content: [{ type: 'tool_use', id: 't1', name: 'Bash', input: { command } }],
  },
  { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't1', content: answer }] },
]
const transcriptOf = (messages: readonly object[]) =>
  messages.map((message) => JSON.stringify({ sessionId: 'host-1', ...message })).join('\n')
const text = transcriptOf([
  { role: 'user', content: `Deploy with ${token}` },
  ...call(`${'echo wait; '.repeat(45)}deploy ${token}`, `${'.'.repeat(480)} ${token} was taken`),
])

describeEachBackend('secrets in conversations', (database) => {
  it('are cut out of all that is kept, and counted', async () => {
    const { store, projectId } = await openConversation(database())
    const context = { env: [{ value: token }] }
    const { session } = await store.startSession({ projectId, title: `Use ${token}`, context })
    const thread = await store.startThread({ sessionId: session.id, title: token })
    expect(session).toMatchObject({ title: `Use ${cut}`, context: { env: [{ value: cut }] } })
    expect(thread.title).toBe(cut)
    const said = { role: 'user', content: `Deploy with ${token}`, metadata: { of: token } }
    const added = await store.addMessage(thread.id, said)
    expect(added).toMatchObject({ redactions: 2, message: { metadata: { of: cut } } })
    expect(added.message.content).toBe(`Deploy with ${cut}`)
    expect(await store.addMessages(thread.id, [said, said])).toMatchObject({ redactions: 4 })
    const given = { threadId: thread.id, content: `We used ${token}` }
    const summarized = await store.summarize(given)
    expect(summarized).toMatchObject({ redactions: 1, summary: { content: `We used ${cut}` } })
    expect(await store.summarize(given)).toMatchObject({ redactions: 1, isUnchanged: true })
    expect(await store.summarize({ sessionId: session.id })).toMatchObject({ redactions: 0 })
    const state = { tasks: [token] }
    const kept = await store.snapshot({ projectId, ...given, label: token, reason: token, state })
    expect(kept).toMatchObject({ redactions: 4, snapshot: { state: { tasks: [cut] } } })
    expect(await store.snapshot({ projectId, threadId: thread.id })).toMatchObject({
      redactions: 0,
    })
    await store.startSession({ projectId, externalId: 'monday' })
    await store.startSession({ projectId, externalId: 'monday', title: token, context })
    expect(await tablesWith(database(), words)).toEqual([])
  })

  it('are cut out of transcripts and of the calls of tools in them, half ones too', async () => {
    const { store, projectId } = await openConversation(database())
    const report = await store.ingestJsonl({ projectId, text })
    expect(report).toMatchObject({ added: 3, redactions: 3 })
    expect(JSON.stringify(report)).not.toMatch(words)
    expect(await tablesWith(database(), words)).toEqual([])
    const found = await store.search({ projectId, query: 'what to deploy with', roles: ['user'] })
    expect(found.results[0]?.content).toBe(`Deploy with ${cut}`)
    const short = transcriptOf(call(`deploy ${token}`, `took ${token}`))
    expect((await store.ingestJsonl({ projectId, text: short })).toolCalls).toMatchObject([
      { argumentsSummary: `{"command":"deploy ${cut}"}`, resultSummary: `took ${cut}` },
    ])
  })

  it('are refused or kept by policy', async () => {
    const strict = await openConversation(database(), { secretPolicy: 'refuse' })
    const { projectId, session, thread, documents, store } = strict
    const content = `Use ${token}`
    const said = { role: 'user', content }
    const refused = [
      () => store.addMessage(thread.id, said),
      () => store.addMessage(thread.id, { ...said, content: 'x', metadata: { [token]: 1 } }),
      () => store.summarize({ threadId: thread.id, content }),
      () => store.snapshot({ projectId, content: 'x', state: { content } }),
      () => store.startSession({ projectId, title: content }),
      () => store.startThread({ sessionId: session.id, title: content }),
    ]
    for (const attempt of refused) await expect(attempt).rejects.toThrow('holds a key, token or')
    expect(await tablesWith(database(), words)).toEqual([])
    const open = createConversationStore(database(), { documents, secretPolicy: 'allow' })
    expect((await open.addMessage(thread.id, said)).message.content).toBe(content)
  })

  it('do not change which messages of a transcript are known, whatever the policy', async () => {
    const { store, documents, projectId } = await openConversation(database())
    const open = createConversationStore(database(), { documents, secretPolicy: 'allow' })
    const strict = createConversationStore(database(), { documents, secretPolicy: 'refuse' })
    await expect(strict.ingestJsonl({ projectId, text })).rejects.toThrow('content holds a key')
    const first = await open.ingestJsonl({ projectId, text })
    expect(first).toMatchObject({ added: 3, redactions: 0 })
    expect(await tablesWith(database(), words)).toContain('messages')
    for (const other of [store, strict]) {
      const again = await other.ingestJsonl({ projectId, transcript: parseTranscript(text) })
      expect(again).toMatchObject({ added: 0, known: 3, redactions: 0 })
      expect(JSON.stringify(again)).not.toMatch(words)
      expect(again.toolCalls.map(({ id }) => id)).toEqual(first.toolCalls.map(({ id }) => id))
    }
  })
})
