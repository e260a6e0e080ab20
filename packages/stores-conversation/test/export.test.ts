import { describeEachBackend } from '@athena-memory/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toMarkdown } from '../src/export/to-markdown.ts'
import { openConversation } from './open-conversation.ts'

const at = new Date('2026-01-01T00:00:00Z')
const times = { projectId: 'p', createdAt: at, updatedAt: at }
const session = { id: 's', startedAt: at, context: {}, ...times }
const counts = { tags: [], messageCount: 1, tokenCount: 1, lastActiveAt: at }
const thread = { id: 't', sessionId: 's', startedAt: at, ...counts, ...times }
const message = {
  id: 'm',
  threadId: 't',
  role: 'user',
  tokens: 1,
  metadata: {},
  saidAt: at,
  ...times,
}

describe('toMarkdown', () => {
  it('quotes what was said so that it can be read back line by line', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('#', ' ', '>', 'a', '\n') })),
        (said) => {
          const messages = said.map((content, position) => ({
            ...message,
            position,
            content,
          }))
          const text = toMarkdown({ session, threads: [{ ...thread, messages }] })
          const sections = text
            .trimEnd()
            .split(/^### .*$\n\n/m)
            .slice(1)
          const read = sections.map((section) =>
            section
              .trimEnd()
              .split('\n')
              .map((line) => line.replace(/^> ?/, ''))
              .join('\n')
              .trimEnd(),
          )
          expect(read).toEqual(said.map((content) => content.trimEnd()))
        },
      ),
    )
  })
})

describeEachBackend('exports', (database) => {
  it('write a session down as Markdown and as JSON, in full', async () => {
    const { store, session: started, thread: first, clock } = await openConversation(database())
    await store.addMessages(first.id, [
      { role: 'user', content: '# Why\ndoes it fail?', speaker: 'Ada' },
      { role: 'assistant', content: 'The lockfile.', metadata: { a: 1 } },
    ])
    clock.advance(1000)
    const second = await store.startThread({ sessionId: started.id, title: 'Another\n thing' })
    await store.addMessage(second.id, { role: 'user', content: 'Later' })
    const written = await store.export({ sessionId: started.id })
    expect(written).toMatchObject({ format: 'markdown', threads: 2, messages: 3 })
    expect(written?.text).toBe(
      [
        '# Monday',
        `## ${first.id}`,
        '### Ada (user), 2026-01-01T00:00:00.000Z',
        '> # Why\n> does it fail?',
        '### assistant, 2026-01-01T00:00:00.000Z',
        '> The lockfile.',
        '## Another thing',
        '### user, 2026-01-01T00:00:01.000Z',
        '> Later\n',
      ].join('\n\n'),
    )
    const json = await store.export({ threadId: first.id, format: 'json' })
    expect(JSON.parse(json?.text ?? '')).toMatchObject({
      session: { id: started.id, title: 'Monday' },
      threads: [
        {
          id: first.id,
          messages: [
            { content: '# Why\ndoes it fail?', speaker: 'Ada', saidAt: '2026-01-01T00:00:00.000Z' },
            { content: 'The lockfile.', metadata: { a: 1 } },
          ],
        },
      ],
    })
  })

  it('reach the end of a long thread', async () => {
    const { store, thread: long } = await openConversation(database(), { hasVectors: false })
    const lines = Array.from({ length: 600 }, (_, each) => ({ role: 'user', content: `L${each}` }))
    await store.addMessages(long.id, lines)
    const written = await store.export({ threadId: long.id })
    expect(written?.messages).toBe(600)
    expect(written?.text.endsWith('> L599\n')).toBe(true)
  })

  it('of nothing are absent, and of two things refused', async () => {
    const { store } = await openConversation(database())
    expect(await store.export({ threadId: 'none' })).toBeUndefined()
    expect(await store.export({ sessionId: 'none' })).toBeUndefined()
    await expect(store.export({})).rejects.toThrow('either threadId or sessionId')
    await expect(store.export({ threadId: 'a', sessionId: 'b' })).rejects.toThrow('not both')
  })
})
