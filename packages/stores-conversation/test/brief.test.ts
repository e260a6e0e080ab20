import { describeEachBackend } from '@athena-memory/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { composeBrief } from '../src/brief/compose-brief.ts'
import { estimateTokens } from '../src/token-count.ts'
import { addProject, openConversation } from './open-conversation.ts'

const text = fc.oneof(fc.string(), fc.lorem({ maxCount: 60 }), fc.constant('茶'.repeat(40)))
const parts = fc.record({
  heading: fc.option(text, { nil: undefined }),
  tasks: fc.array(fc.record({ id: fc.string(), title: text })),
  summary: fc.option(text, { nil: undefined }),
  turns: fc.array(fc.record({ role: fc.constantFrom('user', 'assistant'), content: text })),
})

describe('composeBrief', () => {
  it('never exceeds its budget, and keeps the first tasks and the last turns', () => {
    fc.assert(
      fc.property(parts, fc.integer({ min: 0, max: 200 }), (given, maxTokens) => {
        const brief = composeBrief(given, { maxTokens })
        expect(brief.tokens).toBe(estimateTokens(brief.text))
        expect(brief.tokens).toBeLessThanOrEqual(maxTokens)
        expect(given.tasks.slice(0, brief.tasks.length)).toEqual(brief.tasks)
        expect(given.turns.slice(given.turns.length - brief.turns.length)).toEqual(brief.turns)
      }),
    )
  })

  it('gives what others leave over to the turns', () => {
    const turns = Array.from({ length: 10 }, (_, at) => ({ role: 'user', content: `Turn ${at}` }))
    const alone = composeBrief({ tasks: [], turns }, { maxTokens: 60 })
    expect(alone.turns).toHaveLength(10)
    const tasks = Array.from({ length: 9 }, (_, at) => ({ id: `${at}`, title: `Task ${at}` }))
    const shared = composeBrief({ tasks, turns }, { maxTokens: 60 })
    expect(shared.tasks.length).toBeGreaterThan(2)
    expect(shared.turns.at(-1)).toEqual(turns.at(-1))
    expect(composeBrief({ tasks, turns }, { maxTokens: 60, taskShare: 0 }).tasks).toEqual([])
  })
})

describeEachBackend('resumption briefs', (database) => {
  const readOpenTasks = async (projectId: string, limit: number) =>
    [
      { id: 't1', title: `Rename in ${projectId}`, priority: 'high', status: 'active' },
      { id: 't2', title: 'Water the garden', dueAt: new Date('2026-06-01T00:00:00Z') },
    ].slice(0, limit)

  it('say which session it was, what is open, what it came to, and the last turns', async () => {
    const opened = await openConversation(database(), { readOpenTasks })
    const { store, projectId, session, thread, say } = opened
    await say([
      ['user', 'First question'],
      ['assistant', 'First answer'],
      ['user', 'Second question'],
      ['tool', 'noise'],
      ['assistant', 'Second answer'],
      ['user', 'Third question'],
    ])
    await store.summarize({ threadId: thread.id, content: 'They asked and answered', model: 'm' })
    await store.endSession(session.id)
    const { session: current } = await store.startSession({ projectId })
    const brief = await store.resumptionBrief({ projectId, turns: 2, excludeSessionId: current.id })
    expect(brief.text).toBe(
      [
        '# Last session: Monday (2026-01-01T00:00 to 2026-01-01T00:06, UTC)',
        '## Open tasks',
        `- Rename in ${projectId} (high, active)`,
        '- Water the garden (due 2026-06-01)',
        '## Summary',
        'They asked and answered',
        '## Last turns',
        'user: Second question',
        'assistant: Second answer',
        'user: Third question',
      ].join('\n'),
    )
    expect(brief).toMatchObject({
      tokens: estimateTokens(brief.text),
      session: { id: session.id },
      threadId: thread.id,
      summary: { content: 'They asked and answered' },
      tasks: [{ id: 't1' }, { id: 't2' }],
    })
    expect(brief.messages.map(({ position }) => position)).toEqual([2, 4, 5])
    const short = await store.resumptionBrief({ projectId, maxTokens: 60 })
    expect(short.tokens).toBeLessThanOrEqual(60)
    expect(short.messages.at(-1)).toMatchObject({ content: 'Third question' })
  })

  it('are about the thread that was last active and is not archived', async () => {
    const { store, projectId, session, thread, say, clock } = await openConversation(database())
    await say([['user', 'Old']])
    clock.advance(1000)
    const newer = await store.startThread({ sessionId: session.id })
    const empty = await store.startThread({ sessionId: session.id })
    await store.addMessage(newer.id, { role: 'user', content: 'New' })
    const threadOf = async (options = {}) =>
      (await store.resumptionBrief({ projectId, ...options })).threadId
    expect(empty.messageCount).toBe(0)
    expect(await threadOf()).toBe(newer.id)
    await store.archive(newer.id)
    expect(await threadOf()).toBe(thread.id)
    expect(await threadOf({ excludeSessionId: session.id })).toBeUndefined()
    expect(await threadOf({ sessionId: 'none' })).toBeUndefined()
  })

  it('are empty where there is nothing to resume, and have no tasks without a reader', async () => {
    const { store, projectId } = await openConversation(database())
    expect(await store.resumptionBrief({ projectId })).toEqual({
      text: '',
      tokens: 0,
      tasks: [],
      messages: [],
    })
    const other = await addProject(database(), 'other')
    expect((await store.resumptionBrief({ projectId: other })).text).toBe('')
  })
})
