import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseTranscript } from '../src/index.ts'

const lines = (...values: unknown[]): string =>
  values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join('\n')

const said = (text: string) =>
  parseTranscript(text).messages.map(({ role, content }) => [role, content])

describe('parseTranscript', () => {
  it('reads role, content, time and session under their usual names', () => {
    const text = lines(
      { role: 'user', content: 'one', timestamp: '2026-01-01T10:00:00Z', sessionId: 's1' },
      { sender: 'human', text: 'two', created_at: 1_767_261_660, session_id: 's1', id: 7 },
      { role: 'ai', message: 'three', ts: 1_767_261_720_000, conversation_id: 's2', thread: 'x' },
      { type: 'assistant', content: ['four', { type: 'text', text: 'five' }], speaker: 'Bo' },
    )
    const { messages, problems } = parseTranscript(text)
    expect(problems).toEqual([])
    expect(messages).toMatchObject([
      { role: 'user', content: 'one', session: 's1', saidAt: new Date('2026-01-01T10:00:00Z') },
      { role: 'user', content: 'two', session: 's1', saidAt: new Date('2026-01-01T10:01:00Z') },
      { role: 'assistant', content: 'three', session: 's2', thread: 'x', line: 3 },
      { role: 'assistant', content: 'four\n\nfive', session: 's2', thread: '', speaker: 'Bo' },
    ])
    // A line without a time has that of the line before.
    expect(messages[3]?.saidAt).toEqual(new Date('2026-01-01T10:02:00Z'))
  })

  it('reads calls of tools as OpenAI writes them', () => {
    const call = {
      id: 'c1',
      type: 'function',
      function: { name: 'search', arguments: '{"q":"tea"}' },
    }
    const { messages, toolCalls } = parseTranscript(
      lines(
        { role: 'developer', content: 'Be kind' },
        { role: 'assistant', content: null, tool_calls: [call], timestamp: 1_767_261_600 },
        { role: 'tool', tool_call_id: 'c1', content: 'green tea', timestamp: 1_767_261_602 },
        { role: 'assistant', content: 'And', function_call: { name: 'old', arguments: '{}' } },
      ),
    )
    expect(messages.map(({ role, content }) => [role, content])).toEqual([
      ['system', 'Be kind'],
      ['assistant', '[search] {"q":"tea"}'],
      ['tool', 'green tea'],
      ['assistant', 'And'],
    ])
    expect(toolCalls).toMatchObject([
      {
        name: 'search',
        argumentsSummary: '{"q":"tea"}',
        outcome: 'success',
        resultSummary: 'green tea',
        calledAt: new Date('2026-01-01T10:00:00Z'),
        durationMs: 2000,
        line: 2,
        messageKey: messages[1]?.key,
      },
      { name: 'old', argumentsSummary: '{}', outcome: 'unknown', line: 4 },
    ])
    expect(toolCalls[1]).not.toHaveProperty('resultSummary', expect.anything())
  })

  it('reads lines of Claude Code with their blocks', () => {
    const line = (type: string, content: unknown, rest: object = {}) => ({
      type,
      uuid: `u${JSON.stringify(content).length}`,
      sessionId: 's1',
      timestamp: '2026-01-01T10:00:00.000Z',
      cwd: '/work',
      gitBranch: 'main',
      message: { role: type, content, model: type === 'assistant' ? 'm1' : undefined },
      ...rest,
    })
    const { messages, toolCalls, problems } = parseTranscript(
      lines(
        { type: 'summary', summary: 'Fixing the build', leafUuid: 'x' },
        { type: 'file-history-snapshot', messageId: 'x', snapshot: {} },
        line('user', 'Fix the build'),
        line('assistant', [
          { type: 'thinking', thinking: 'Let me look' },
          { type: 'text', text: 'Looking' },
          { type: 'tool_use', id: 't1', name: 'Bash', input: { command: 'make' } },
          { type: 'tool_use', id: 't2', name: 'Read', input: { path: 'a' } },
        ]),
        line('user', [
          { type: 'tool_result', tool_use_id: 't1', content: 'no rule', is_error: true },
          { type: 'tool_result', tool_use_id: 't2', content: [{ type: 'text', text: 'AAA' }] },
        ]),
        line('assistant', [{ type: 'text', text: 'Beside' }], { isSidechain: true }),
      ),
    )
    expect(problems).toEqual([{ line: 2, problem: 'holds no message', isSkipped: true }])
    expect(messages.map(({ role, content, thread }) => [role, content, thread])).toEqual([
      ['system', 'Fixing the build', ''],
      ['user', 'Fix the build', ''],
      ['assistant', 'Looking', ''],
      ['tool', 'no rule', ''],
      ['tool', 'AAA', ''],
      ['assistant', 'Beside', 'sidechain'],
    ])
    expect(messages.every(({ session }) => session === 's1')).toBe(true)
    expect(messages[2]).toMatchObject({
      model: 'm1',
      metadata: { thoughts: ['Let me look'], toolCalls: [{ name: 'Bash' }, { name: 'Read' }] },
    })
    expect(toolCalls).toMatchObject([
      { name: 'Bash', outcome: 'failure', cwd: '/work', branch: 'main', resultSummary: 'no rule' },
      { name: 'Read', outcome: 'success', resultSummary: 'AAA', session: 's1' },
    ])
  })

  it('reads lists of messages, parts, and lines of Codex', () => {
    expect(
      said(
        lines(
          {
            messages: [
              { role: 'user', content: 'a' },
              { role: 'assistant', content: 'b' },
            ],
          },
          { role: 'model', parts: [{ text: 'c' }] },
          { conversations: [{ from: 'human', value: 'd' }] },
        ),
      ),
    ).toEqual([
      ['user', 'a'],
      ['assistant', 'b'],
      ['assistant', 'c'],
      ['user', 'd'],
    ])
    const item = (payload: object) => ({
      type: 'response_item',
      timestamp: '2026-01-01T10:00:00Z',
      payload,
    })
    const { messages, toolCalls } = parseTranscript(
      lines(
        { type: 'session_meta', payload: { id: 'codex-1' } },
        item({ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'hi' }] }),
        item({ type: 'function_call', name: 'shell', arguments: '{}', call_id: 'c1' }),
        item({ type: 'function_call_output', call_id: 'c1', output: 'done' }),
      ),
    )
    expect(messages.map(({ role, content, session }) => [role, content, session])).toEqual([
      ['user', 'hi', 'codex-1'],
      ['assistant', '[shell] {}', 'codex-1'],
      ['tool', 'done', 'codex-1'],
    ])
    expect(toolCalls).toMatchObject([{ name: 'shell', outcome: 'success' }])
  })

  it('names malformed lines by number, and loses no other', () => {
    const { messages, problems } = parseTranscript(
      `\uFEFF${lines(
        { role: 'user', content: 'one' },
        '{"role": "user", "cont',
        '',
        '[1, 2]',
        { role: 'user' },
        { role: 'user', content: 'two', timestamp: 'yesterday' },
        { role: 'x'.repeat(60), content: 'nobody' },
        { role: 'user', content: 'x'.repeat(1_048_577) },
        `{"role":"user","content":"deep","x":${'['.repeat(9000)}${']'.repeat(9000)}}`,
        { role: 'user', content: '\0 ' },
        { role: 'user', content: 'three', time: -1, sessionId: `a\0${'x'.repeat(198)}\u{1F600}` },
      )}\r\n`,
    )
    expect(messages.map(({ content }) => content)).toEqual(['one', 'two', 'three'])
    expect(messages[2]?.session).toBe(`a${'x'.repeat(198)}\u{FFFD}`)
    expect(problems).toEqual([
      { line: 2, problem: 'is no JSON', isSkipped: true },
      { line: 4, problem: 'is no JSON object', isSkipped: true },
      { line: 5, problem: 'holds no message', isSkipped: true },
      { line: 6, problem: expect.stringContaining('time'), isSkipped: false },
      { line: 7, problem: 'holds no message', isSkipped: true },
      { line: 8, problem: 'holds a text of more than 1 MiB', isSkipped: true },
      { line: 9, problem: 'is nested more than 100 levels deep', isSkipped: true },
      { line: 10, problem: 'holds no message', isSkipped: true },
      { line: 11, problem: expect.stringContaining('time'), isSkipped: false },
    ])
  })

  it('keeps what was said twice, and drops a line that was written twice', () => {
    const twice = { role: 'user', content: 'again' }
    expect(said(lines(twice, twice))).toHaveLength(2)
    expect(said(lines({ ...twice, uuid: 'u1' }, { ...twice, uuid: 'u1' }))).toHaveLength(1)
    expect(said(lines({ ...twice, uuid: 'u1' }, { ...twice, uuid: 'u1', content: 'x' }))).toEqual([
      ['user', 'again'],
      ['user', 'x'],
    ])
  })

  it('never throws, and keeps keys of earlier lines when later ones come', () => {
    const line = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .record({
          role: fc.constantFrom('user', 'assistant'),
          content: fc.oneof(fc.string(), fc.array(fc.string())),
          timestamp: fc.option(fc.date({ noInvalidDate: true }).map(String), { nil: undefined }),
        })
        .map((value) => JSON.stringify(value)),
    )
    const whole = (text: string) => !text.includes('\n')
    fc.assert(
      fc.property(fc.array(line.filter(whole)), fc.array(line.filter(whole)), (first, more) => {
        const options = { session: 's' }
        const early = parseTranscript(first.join('\n'), options).messages.map(({ key }) => key)
        const late = parseTranscript([...first, ...more].join('\n'), options).messages
        expect(new Set(late.map(({ key }) => key)).size).toBe(late.length)
        expect(late.slice(0, early.length).map(({ key }) => key)).toEqual(early)
      }),
    )
  })
})
