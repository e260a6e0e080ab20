import { newId } from '@athena-memory/db-core'
import { describeEachBackend, tablesWith } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import { openConversation } from './open-conversation.ts'

const NOTHING = {
  forgotten: false,
  sessions: 0,
  threads: 0,
  messages: 0,
  summaries: 0,
  snapshots: 0,
  documents: 0,
  embeddings: 0,
  derivations: 0,
  affected: [],
}

describeEachBackend('forgetting conversations', (database) => {
  it('a message leaves no word of it, in summaries and copies neither', async () => {
    const { store, projectId, thread, say } = await openConversation(database())
    await say([
      ['user', 'The zebrafinch sings in Quixotown.'],
      ['assistant', 'The lockfile is out of date today.'],
      ['user', 'The boiler was repaired on Friday.'],
    ])
    await store.summarize({ threadId: thread.id })
    await store.summarize({ threadId: thread.id, content: 'On the zebrafinch', model: 'm' })
    await store.summarize({ threadId: thread.id, content: 'On the boiler', fromPosition: 2 })
    await store.snapshot({ projectId, threadId: thread.id })
    const words = /zebrafinch|quixotown/i
    expect(await tablesWith(database(), words)).toEqual(
      expect.arrayContaining(['messages', 'conversation_summaries', 'context_snapshots']),
    )
    const [message] = (await store.thread(thread.id))?.messages ?? []
    const receipt = await store.forget(message?.id ?? '')
    expect(receipt).toMatchObject({ forgotten: true, messages: 1, summaries: 2, snapshots: 1 })
    expect(receipt).toMatchObject({ sessions: 0, threads: 0, affected: [] })
    expect(await tablesWith(database(), words)).toEqual([])
    const left = await store.thread(thread.id)
    expect(left?.messages.map(({ position }) => position)).toEqual([1, 2])
    const tokens = left?.messages.reduce((sum, each) => sum + each.tokens, 0)
    expect(left?.thread).toMatchObject({ messageCount: 2, tokenCount: tokens })
    const { summaries } = await store.summaries({ projectId })
    expect(summaries.map(({ content }) => content)).toEqual(['On the boiler'])
    const again = await store.summarize({ threadId: thread.id })
    expect(again?.summary.content).toContain('lockfile')
  })

  it('the last messages puts the thread back in time', async () => {
    const { store, thread, say } = await openConversation(database())
    await say([
      ['user', 'one'],
      ['user', 'two'],
    ])
    const view = await store.thread(thread.id)
    const [one, two] = view?.messages ?? []
    await store.forget(two?.id ?? '')
    expect((await store.thread(thread.id))?.thread.lastActiveAt).toEqual(one?.saidAt)
    await store.forget(one?.id ?? '')
    expect((await store.thread(thread.id))?.thread).toMatchObject({
      messageCount: 0,
      tokenCount: 0,
      lastActiveAt: thread.startedAt,
    })
    const { message } = await store.addMessage(thread.id, { role: 'user', content: 'three' })
    expect(message.position).toBe(0)
  })

  it('a thread or a session takes everything in it along', async () => {
    const { store, projectId, session, thread, say, clock } = await openConversation(database())
    await say([
      ['user', 'The zebrafinch sings'],
      ['tool', 'zebrafinch'],
    ])
    const other = await store.startThread({ sessionId: session.id, title: 'zebrafinch' })
    await store.addMessage(other.id, { role: 'user', content: 'A zebrafinch again' })
    await store.summarize({ sessionId: session.id, content: 'All on zebrafinches' })
    await store.snapshot({ projectId, threadId: thread.id, content: 'zebrafinch in mind' })
    clock.advance(1000)
    const { session: kept } = await store.startSession({ projectId })
    const keptThread = await store.startThread({ sessionId: kept.id })
    await store.addMessage(keptThread.id, { role: 'user', content: 'Tea is kept' })
    expect(await store.forget(thread.id)).toMatchObject({
      threads: 1,
      messages: 2,
      summaries: 1,
      snapshots: 1,
      documents: 4,
      embeddings: 4,
      derivations: 2,
    })
    expect(await store.thread(thread.id)).toBeUndefined()
    expect(await store.forget(session.id)).toMatchObject({ sessions: 1, threads: 1, messages: 1 })
    expect(await tablesWith(database(), /zebrafinch/i)).toEqual([])
    expect((await store.sessions({ projectId })).sessions.map(({ id }) => id)).toEqual([kept.id])
    expect((await store.search({ projectId, query: 'tea' })).results).toHaveLength(1)
  })

  it('names what other layers derived, and is a receipt of zeros the second time', async () => {
    const { store, projectId, say, thread } = await openConversation(database())
    await say([['user', 'one']])
    const { snapshot } = await store.snapshot({ projectId, content: 'two' })
    const message = (await store.thread(thread.id))?.messages[0]?.id ?? ''
    const { query, tables } = database()
    for (const evidenceId of [message, snapshot.id]) {
      await query.insert(tables.derivations).values({
        id: newId(),
        derivedLayer: 'semantic',
        derivedId: `from-${evidenceId}`,
        evidenceLayer: 'conversation',
        evidenceId,
        method: 'test',
        confidence: 1,
        createdAt: new Date(),
      })
    }
    expect(await store.forget(message)).toMatchObject({
      messages: 1,
      derivations: 1,
      affected: [{ layer: 'semantic', id: `from-${message}` }],
    })
    expect(await store.forget(snapshot.id)).toMatchObject({ snapshots: 1, documents: 1 })
    for (const id of [message, snapshot.id, 'none']) expect(await store.forget(id)).toEqual(NOTHING)
  })

  it('a long transcript reaches its end', async () => {
    const { store, projectId } = await openConversation(database(), { hasVectors: false })
    const text = Array.from({ length: 600 }, (_, at) =>
      JSON.stringify({ role: 'user', content: `Line ${at}`, session: 'long' }),
    ).join('\n')
    const { sessions } = await store.ingestJsonl({ projectId, text })
    const id = sessions[0]?.id ?? ''
    await store.summarize({ sessionId: id, content: 'Long' })
    expect(await store.forget(id)).toMatchObject({ messages: 600, summaries: 1, documents: 601 })
    const { documents, derivations } = database().tables
    expect(await database().query.select().from(documents)).toEqual([])
    expect(await database().query.select().from(derivations)).toEqual([])
  })
})
