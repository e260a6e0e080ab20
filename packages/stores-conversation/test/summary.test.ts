import { describeEachBackend } from '@athena-memory/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createConversationStore } from '../src/index.ts'
import { extractSentences } from '../src/summary/extract-sentences.ts'
import { estimateTokens } from '../src/token-count.ts'
import { openConversation } from './open-conversation.ts'

const utterance = fc.record({
  label: fc.constantFrom('user', 'Ada'),
  content: fc.oneof(
    fc.lorem({ mode: 'sentences', maxCount: 6 }),
    fc.string({ unit: 'binary' }),
    fc.constant('```\ncode\n```'),
  ),
})

describe('extractSentences', () => {
  it('keeps to the budget, the order and the places, and is the same each time', () => {
    fc.assert(
      fc.property(fc.array(utterance), fc.integer({ min: 5, max: 60 }), (texts, maxTokens) => {
        const sentences = extractSentences(texts, { maxTokens })
        expect(extractSentences(texts, { maxTokens })).toEqual(sentences)
        const content = sentences.map(({ line }) => line).join('\n')
        expect(estimateTokens(content)).toBeLessThanOrEqual(maxTokens)
        const places = sentences.map(({ source, start }) => source * 1e6 + start)
        expect(places).toEqual(places.toSorted((a, b) => a - b))
        for (const { source, start, end, line } of sentences) {
          const text = texts[source]
          const quoted = text?.content.slice(start, end).replaceAll(/\s+/g, ' ')
          expect(`${text?.label}: ${quoted}`.startsWith(line)).toBe(true)
        }
      }),
    )
  })

  it('takes what most is said about, not the same thing twice, and no code', () => {
    const texts = [
      { label: 'user', content: 'Good morning! The lockfile of the build is out of date.' },
      { label: 'assistant', content: 'Yes, the lockfile of the build is out of date.' },
      {
        label: 'user',
        content: 'Run this: ```\nlockfile build lockfile build date\n``` please do.',
      },
      { label: 'user', content: 'The build server in Lisbon needs a new certificate by Friday.' },
    ]
    const lines = extractSentences(texts, { maxTokens: 35 }).map(({ line }) => line)
    expect(lines).toEqual([
      'user: The lockfile of the build is out of date.',
      'user: The build server in Lisbon needs a new certificate by Friday.',
    ])
    expect(extractSentences([{ label: 'a', content: 'ok!' }], { maxTokens: 20 })).toMatchObject([
      { line: 'a: ok!' },
    ])
    expect(extractSentences([], { maxTokens: 20 })).toEqual([])
  })
})

describeEachBackend('summaries', (database) => {
  it('are extracted without a model, say what they rest on, and are found', async () => {
    const { store, projectId, thread, session, say } = await openConversation(database())
    expect(await store.summarize({ threadId: thread.id })).toBeUndefined()
    await say([
      ['user', 'The lockfile of the build is out of date.'],
      ['tool', 'zebrafinch '.repeat(50)],
      ['assistant', 'I renewed the lockfile and the build is green.'],
    ])
    const made = await store.summarize({ threadId: thread.id })
    expect(made).toMatchObject({
      isUnchanged: false,
      notices: [],
      summary: {
        method: 'extractive',
        threadId: thread.id,
        sessionId: session.id,
        fromPosition: 0,
        toPosition: 2,
        content:
          'user: The lockfile of the build is out of date.\nassistant: I renewed the lockfile and the build is green.',
      },
    })
    const { derivations } = database().tables
    const evidence = await database().query.select().from(derivations)
    expect(evidence.map(({ derivedId }) => derivedId)).toEqual([made?.summary.id, made?.summary.id])
    expect(evidence.map(({ evidenceSpan }) => evidenceSpan?.start)).toEqual([0, 0])
    const { results } = await store.search({ projectId, query: 'lockfile', kinds: ['summary'] })
    expect(results).toMatchObject([{ id: made?.summary.id, threadId: thread.id }])
    expect(await store.summarize({ threadId: thread.id })).toMatchObject({
      isUnchanged: true,
      summary: { id: made?.summary.id },
    })
  })

  it('of a model are taken as given, and a later one takes the place of what it covers', async () => {
    const { store, projectId, session, thread, say, clock } = await openConversation(database())
    await say([
      ['user', 'one'],
      ['user', 'two'],
      ['user', 'three'],
    ])
    const given = { threadId: thread.id, model: 'm1' }
    await store.summarize({ ...given, content: 'Tea of the beginning', toPosition: 1 })
    await store.summarize({ ...given, content: 'Tea of the end', fromPosition: 2 })
    const search = async () => {
      const { results } = await store.search({ projectId, query: 'tea', kinds: ['summary'] })
      return results.map(({ content }) => content).toSorted()
    }
    expect(await search()).toEqual(['Tea of the beginning', 'Tea of the end'])
    clock.advance(1000)
    const whole = await store.summarize({ ...given, content: 'Tea of it all' })
    expect(whole?.summary).toMatchObject({ method: 'model', model: 'm1', toPosition: 2 })
    expect(await search()).toEqual(['Tea of it all'])
    clock.advance(1000)
    await store.summarize({ sessionId: session.id, content: 'Tea of the session' })
    expect(await search()).toEqual(['Tea of it all', 'Tea of the session'])
    const { summaries } = await store.summaries({ projectId, threadId: thread.id })
    expect(summaries.map(({ content }) => content)).toContain('Tea of the beginning')
    const page = await store.summaries({ projectId, sessionId: session.id, limit: 2 })
    expect(page.summaries.map(({ content }) => content)).toEqual([
      'Tea of the session',
      'Tea of it all',
    ])
    const rest = await store.summaries({ projectId, cursor: page.nextCursor })
    expect(rest.summaries).toHaveLength(2)
    expect(rest.nextCursor).toBeUndefined()
  })

  it('of a session look at all its threads', async () => {
    const { store, session, say } = await openConversation(database())
    await say([['user', 'The boiler was repaired on Friday.']])
    const other = await store.startThread({ sessionId: session.id })
    await store.addMessage(other.id, { role: 'user', content: 'The garden needs water in June.' })
    const made = await store.summarize({ sessionId: session.id })
    expect(made?.summary.content.split('\n')).toHaveLength(2)
    expect(made?.summary.threadId).toBeUndefined()
    expect(made?.summary.fromPosition).toBeUndefined()
  })

  it('quote nothing that is forgotten while they are made', async () => {
    const { store, documents, projectId, thread, say } = await openConversation(database())
    await say([
      ['user', 'The zebrafinch sings in the cellar.'],
      ['user', 'The boiler was repaired on Friday.'],
    ])
    const [bird] = (await store.thread(thread.id))?.messages ?? []
    let isForgotten = false
    const prepare: typeof documents.prepare = async (inputs) => {
      if (!isForgotten) await store.forget(bird?.id ?? '')
      isForgotten = true
      return documents.prepare(inputs)
    }
    const slow = createConversationStore(database(), { documents: { ...documents, prepare } })
    const made = await slow.summarize({ threadId: thread.id })
    expect(made?.summary.content).toBe('user: The boiler was repaired on Friday.')
    expect((await store.summaries({ projectId })).summaries).toHaveLength(1)
  })

  it('of nothing are absent, and of two things refused', async () => {
    const { store } = await openConversation(database())
    expect(await store.summarize({ threadId: 'none' })).toBeUndefined()
    expect(await store.summarize({ sessionId: 'none', content: 'x' })).toBeUndefined()
    await expect(store.summarize({})).rejects.toThrow('either threadId or sessionId')
    await expect(store.summarize({ threadId: 'a', content: ' ' })).rejects.toThrow('content must')
  })
})
