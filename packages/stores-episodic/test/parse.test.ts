import { Readable } from 'node:stream'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GitCommit, parseGitLog } from '../src/ingest/git-log.ts'
import { parseTranscriptLine } from '../src/ingest/parse-transcript.ts'
import { type FileLine, readLines } from '../src/ingest/read-lines.ts'
import { toCallEpisode } from '../src/ingest/tool-call-episode.ts'
import { minute } from './open-episodic.ts'

describe('a log of git', () => {
  const plain = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\0', ''))
  const id = fc.stringMatching(/^[0-9a-f]{40}$/)
  const path = plain.filter((text) => text !== '')
  const file = fc.record(
    { path, oldPath: path, added: fc.nat(), deleted: fc.nat() },
    { requiredKeys: ['path', 'added', 'deleted'] },
  )
  const commit: fc.Arbitrary<GitCommit> = fc.record({
    id,
    parents: fc.array(id, { maxLength: 3 }),
    author: plain,
    authorEmail: plain,
    authoredAt: fc.integer({ min: -1e9, max: 4e9 }).map((seconds) => new Date(seconds * 1000)),
    message: plain.map((text) => text.trim()),
    files: fc.array(file),
  })

  /** Parts as git writes them between NULs. */
  const write = ({ files, ...head }: GitCommit): string[] => [
    head.id,
    head.parents.join(' '),
    head.author,
    head.authorEmail,
    String(head.authoredAt.getTime() / 1000),
    `${head.message}\n`,
    '',
    ...files.flatMap((each) => {
      const lines = `${each.added}\t${each.deleted}\t`
      return each.oldPath === undefined ? [lines + each.path] : [lines, each.oldPath, each.path]
    }),
  ]

  it('is read as it was written, whatever names and messages hold', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(commit), async (commits) => {
        const read: GitCommit[] = []
        const parts = Readable.from(commits.flatMap(write), { objectMode: true })
        for await (const each of parseGitLog(parts)) read.push(each)
        expect(read).toEqual(commits)
      }),
    )
  })

  it('has no lines for binary files, and a time for every date', async () => {
    const head = { parents: [], author: '', authorEmail: '', message: 'x' }
    const far = { ...head, id: 'a'.repeat(40), authoredAt: new Date(0), files: [] }
    const parts = write(far).map((part, at) => (at === 4 ? '99999999999999' : part))
    const { value: read } = await parseGitLog([...parts, '-\t-\tbin']).next()
    expect(read).toMatchObject({ files: [{ path: 'bin', added: 0, deleted: 0 }] })
    expect(read?.authoredAt.getUTCFullYear()).toBe(9999)
  })
})

describe('lines of a file', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'episodic-lines-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  const read = async (content: string, maxBytes?: number): Promise<FileLine[]> => {
    const path = join(folder, 'file')
    await writeFile(path, content)
    const lines: FileLine[] = []
    for await (const line of readLines(path, { offset: 0, lines: 0 }, maxBytes)) lines.push(line)
    return lines
  }

  it('are read as they are, with their places in bytes', async () => {
    const text = fc.string({ unit: 'grapheme' }).filter((each) => !each.includes('\n'))
    await fc.assert(
      fc.asyncProperty(fc.array(text, { maxLength: 8 }), text, async (whole, rest) => {
        const content = whole.map((each) => `${each}\n`).join('') + rest
        const lines = await read(content)
        const expected = rest === '' ? whole : [...whole, rest]
        expect(lines.map((line) => line.text)).toEqual(expected)
        expect(lines.map(({ number }) => number)).toEqual(expected.map((_, at) => at + 1))
        const bytes = Buffer.from(content)
        for (const { text: said, start, end, isComplete } of lines) {
          expect(bytes.subarray(start, end).toString()).toBe(isComplete ? `${said}\n` : said)
        }
      }),
      { numRuns: 50 },
    )
  })

  it('are passed over where they are too long', async () => {
    const lines = await read(`short\n${'x'.repeat(200_000)}\nlast`, 100)
    expect(lines.map(({ text, number, start }) => [text, number, start])).toEqual([
      ['short', 1, 0],
      [undefined, 2, 6],
      ['last', 3, 200_007],
    ])
  })
})

describe('a line of a transcript', () => {
  it('never fails, whatever it holds', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(Array.isArray(parseTranscriptLine(value))).toBe(true)
        expect(Array.isArray(parseTranscriptLine({ role: value, content: value }))).toBe(true)
        expect(Array.isArray(parseTranscriptLine({ message: value, payload: value }))).toBe(true)
      }),
    )
  })

  it('is understood as blocks of a message', () => {
    const line = {
      sessionId: 's1',
      cwd: '/shop',
      gitBranch: 'main',
      timestamp: '2026-01-01T00:00:00Z',
      message: {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'hm', text: 'hm' },
          { type: 'text', text: 'One' },
          { type: 'text', text: 'Two' },
          { type: 'tool_use', id: 't1', name: 'Read', input: { path: 'a' } },
        ],
      },
    }
    const context = { sessionId: 's1', cwd: '/shop', branch: 'main', occurredAt: minute(0) }
    expect(parseTranscriptLine(line)).toEqual([
      { kind: 'message', role: 'assistant', text: 'One\nTwo', ...context },
      { kind: 'tool-call', callId: 't1', tool: 'Read', input: { path: 'a' }, ...context },
    ])
  })

  it('is understood as a message with tool calls, and as the answer of a tool', () => {
    const tool = { id: 'c1', type: 'function', function: { name: 'ls', arguments: '{"path":"a"}' } }
    expect(parseTranscriptLine({ role: 'assistant', content: null, tool_calls: [tool] })).toEqual([
      { kind: 'tool-call', callId: 'c1', tool: 'ls', input: { path: 'a' } },
    ])
    expect(parseTranscriptLine({ role: 'tool', tool_call_id: 'c1', content: 'a b' })).toEqual([
      { kind: 'tool-result', callId: 'c1', text: 'a b' },
    ])
    expect(parseTranscriptLine({ role: 'user', content: 'Hello' })).toEqual([
      { kind: 'message', role: 'user', text: 'Hello' },
    ])
  })

  it('is understood as an item of a function call and its output', () => {
    const payload = { type: 'function_call', call_id: 'c1', name: 'shell', arguments: 'ls -l' }
    expect(parseTranscriptLine({ type: 'response_item', payload })).toEqual([
      { kind: 'tool-call', callId: 'c1', tool: 'shell', input: 'ls -l' },
    ])
    const output = { type: 'function_call_output', call_id: 'c1', output: { exit: 0 } }
    expect(parseTranscriptLine(output)).toEqual([
      { kind: 'tool-result', callId: 'c1', text: '{"exit":0}' },
    ])
  })
})

describe('the episode of a tool call', () => {
  const defaults = { projectId: 'p', source: 'f', sessionId: 'f', occurredAt: minute(7) }
  const call = { kind: 'tool-call', callId: 'c1', tool: 'Bash', input: {} } as const
  const result = { kind: 'tool-result', callId: 'c1', text: 'oops' } as const

  it('is complete where the transcript is silent', () => {
    expect(toCallEpisode(call, result, defaults)).toMatchObject({
      ...defaults,
      content: 'Bash: {}',
      eventType: 'tool_call',
      outcome: undefined,
      files: [],
    })
  })

  it('names files inside the working directory from there, and others as they are', () => {
    const filesOf = (file: string) =>
      toCallEpisode({ ...call, cwd: '/a/shop', input: { path: file } }, result, defaults).files
    expect(filesOf('/a/shop/src/x.ts')).toEqual(['src/x.ts'])
    expect(filesOf('/a/shop2/x.ts')).toEqual(['/a/shop2/x.ts'])
    expect(filesOf('src/x.ts')).toEqual(['src/x.ts'])
    expect(filesOf('x'.repeat(3000))).toEqual([])
  })

  it('fits into the memory, whatever was called', () => {
    fc.assert(
      fc.property(fc.string(), fc.jsonValue(), fc.boolean(), (tool, input, isError) => {
        const episode = toCallEpisode({ ...call, tool, input }, { ...result, isError }, defaults)
        expect(episode.content.trim()).not.toBe('')
        expect(episode.outcome).toBe(isError ? 'failure' : 'success')
      }),
    )
  })
})
