import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDocumentIndex } from '@athena-memory/search'
import { describeEachBackend } from '@athena-memory/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createEpisodicStore } from '../src/episodic-store.ts'
import { failAfter } from './fail-after.ts'
import { minute, openEpisodic } from './open-episodic.ts'

const lines = (...values: readonly unknown[]): string =>
  values.map((value) => `${typeof value === 'string' ? value : JSON.stringify(value)}\n`).join('')

const event = (content: string, at = 0) => ({ content, occurredAt: minute(at).toISOString() })

/** The arguments of a call, and the tool where it is not Bash. */
interface CallInput {
  readonly tool?: string
  readonly [name: string]: unknown
}

describeEachBackend('ingesting files', (database) => {
  let folder = ''
  let path = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'episodic-file-'))
    path = join(folder, 'events.jsonl')
  })
  afterEach(() => rm(folder, { recursive: true }))

  const contents = async () => {
    const { query, tables } = database()
    const rows = await query.select().from(tables.episodes).orderBy(tables.episodes.occurredAt)
    return rows.map(({ content }) => content)
  }

  describe('of JSON lines', () => {
    it('records what they say', async () => {
      const { store, projectId } = await openEpisodic(database())
      const said = { ...event('Sold tea'), eventType: 'success', files: ['till.ts'], durationMs: 5 }
      await writeFile(path, `\uFEFF${lines(said)}\r\n${lines({ ...said, source: 'till' })}`)
      expect(await store.ingestJsonl({ projectId, path })).toEqual({
        source: path,
        lines: 3,
        added: 1,
        duplicates: 1,
        redactions: 0,
        malformed: 0,
        malformedLines: [],
        notices: [],
      })
      expect((await store.list({ projectId, file: 'till.ts' })).episodes).toMatchObject([
        {
          content: 'Sold tea',
          eventType: 'success',
          durationMs: 5,
          occurredAt: minute(0),
          source: path,
        },
      ])
    })

    it('reports malformed lines by their numbers, without what they hold, and skips them', async () => {
      const { store, projectId } = await openEpisodic(database())
      await writeFile(
        path,
        lines(
          event('First'),
          '{"content": "zebrafinch',
          '["zebrafinch"]',
          { content: 'zebrafinch' },
          { ...event('zebrafinch'), zebrafinch: 1 },
          { ...event('zebrafinch'), eventType: 'zebrafinch' },
          { ...event('zebrafinch'), code: { zebrafinch: 1 } },
          { ...event('  ') },
          { ...event('zebrafinch'), files: ['zebrafinch'.repeat(200), 'é'.repeat(1900)] },
          event('Last'),
        ),
      )
      const report = await store.ingestJsonl({ projectId, path })
      expect(report).toMatchObject({ lines: 10, added: 2, malformed: 8 })
      expect(report.malformedLines.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6, 7, 8, 9])
      expect(report.malformedLines.map(({ reason }) => reason).join('\n')).toMatch(
        /^is no JSON\nis no JSON object\noccurredAt: .*\nhas a field.*\neventType: .*\ncode has a field/,
      )
      expect(JSON.stringify(report)).not.toContain('zebrafinch')
      expect((await contents()).toSorted()).toEqual(['First', 'Last'])
    })

    it('goes on where it ended', async () => {
      const { store, projectId } = await openEpisodic(database())
      await writeFile(path, lines(event('one', 1), event('two', 2)))
      expect(await store.ingestJsonl({ projectId, path })).toMatchObject({ lines: 2, added: 2 })
      expect(await store.ingestJsonl({ projectId, path })).toMatchObject({ lines: 0, added: 0 })
      await appendFile(path, lines(event('three', 3), 'broken'))
      expect(await store.ingestJsonl({ projectId, path })).toMatchObject({
        lines: 2,
        added: 1,
        malformedLines: [{ line: 4 }],
      })
      const other = createEpisodicStore(database(), { documents: createDocumentIndex(database()) })
      expect(await other.ingestJsonl({ projectId, path })).toMatchObject({ lines: 0 })
    })

    it('reads a last line again that is not finished', async () => {
      const { store, projectId } = await openEpisodic(database())
      const [whole, half] = [lines(event('one', 1)), JSON.stringify(event('two', 2))]
      await writeFile(path, whole + half.slice(0, 20))
      expect(await store.ingestJsonl({ projectId, path })).toMatchObject({ added: 1, malformed: 1 })
      await writeFile(path, whole + half)
      expect(await store.ingestJsonl({ projectId, path })).toMatchObject({ added: 1, malformed: 0 })
      await appendFile(path, `\n${lines(event('three', 3), 'broken')}`)
      expect(await store.ingestJsonl({ projectId, path })).toMatchObject({
        added: 1,
        malformedLines: [{ line: 4 }],
      })
      expect(await contents()).toEqual(['one', 'two', 'three'])
    })

    it('begins again when the file was written anew', async () => {
      const { store, projectId } = await openEpisodic(database())
      await writeFile(path, lines(event('one', 1), event('two', 2)))
      await store.ingestJsonl({ projectId, path })
      await writeFile(path, lines(event('two', 2)))
      expect(await store.ingestJsonl({ projectId, path })).toMatchObject({
        added: 0,
        duplicates: 1,
      })
      await writeFile(path, lines(event('new', 3), event('more', 4), event('most', 5)))
      expect(await store.ingestJsonl({ projectId, path })).toMatchObject({ lines: 3, added: 3 })
    })

    it('loses nothing and doubles nothing when interrupted', async () => {
      const { projectId } = await openEpisodic(database())
      await writeFile(path, lines(...Array.from({ length: 500 }, (_, at) => event(`E${at}`, at))))
      const documents = createDocumentIndex(database())
      const broken = createEpisodicStore(database(), { documents: failAfter(documents, 1) })
      await expect(broken.ingestJsonl({ projectId, path })).rejects.toThrow('killed')
      expect(await contents()).toHaveLength(200)
      const store = createEpisodicStore(database(), { documents })
      expect(await store.ingestJsonl({ projectId, path })).toMatchObject({ lines: 300, added: 300 })
      expect(await contents()).toEqual(Array.from({ length: 500 }, (_, at) => `E${at}`))
    })

    it('records each event once for several callers at once', async () => {
      const { store, projectId } = await openEpisodic(database())
      await writeFile(path, lines(...Array.from({ length: 250 }, (_, at) => event(`E${at}`, at))))
      const reports = await Promise.all([1, 2, 3].map(() => store.ingestJsonl({ projectId, path })))
      expect(reports.reduce((sum, { added }) => sum + added, 0)).toBe(250)
      expect(await contents()).toHaveLength(250)
    })

    it('says what is wrong with a path', async () => {
      const { store, projectId } = await openEpisodic(database())
      for (const wrong of [folder, join(folder, 'none')]) {
        const refused = store.ingestJsonl({ projectId, path: wrong })
        await expect(refused).rejects.toMatchObject({ code: 'invalid' })
        await expect(refused).rejects.toThrow('path must be a file that can be read')
      }
      await writeFile(path, '')
      expect(await store.ingestJsonl({ projectId, path })).toMatchObject({ lines: 0, added: 0 })
    })
  })

  describe('of transcripts', () => {
    const at = (minutes: number) => ({ timestamp: minute(minutes).toISOString() })
    const call = (id: string, minutes: number, { tool: name = 'Bash', ...input }: CallInput) => ({
      type: 'assistant',
      sessionId: 's1',
      cwd: '/home/ada/shop',
      gitBranch: 'main',
      ...at(minutes),
      message: {
        role: 'assistant',
        content: [
          { type: 'text', text: 'Let me see' },
          { type: 'tool_use', id, name, input },
        ],
      },
    })
    const result = (id: string, minutes: number, isError = false) => ({
      type: 'user',
      sessionId: 's1',
      ...at(minutes),
      message: {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: id, is_error: isError, content: 'ECONNREFUSED' },
        ],
      },
    })

    it('records each tool call with how it went', async () => {
      const { store, projectId } = await openEpisodic(database())
      await writeFile(
        path,
        lines(
          { type: 'summary', summary: 'A day in the shop' },
          { type: 'user', ...at(0), message: { role: 'user', content: 'Please test it' } },
          call('t1', 1, { command: 'npm test', description: 'Run the tests' }),
          result('t1', 2, true),
          'no JSON',
          call('t2', 3, { tool: 'Edit', file_path: '/home/ada/shop/src/a.ts' }),
          result('t2', 4),
        ),
      )
      expect(await store.ingestTranscript({ projectId, path })).toMatchObject({
        source: path,
        lines: 7,
        added: 2,
        duplicates: 0,
        malformed: 1,
        malformedLines: [{ line: 5, reason: 'is no JSON' }],
      })
      const { episodes } = await store.list({ projectId })
      expect(episodes).toMatchObject([
        {
          eventType: 'file_change',
          content: 'Edit: /home/ada/shop/src/a.ts',
          outcome: 'success',
          files: ['src/a.ts'],
          filesChanged: 1,
        },
        {
          eventType: 'test_run',
          content: 'Bash: Run the tests\nnpm test\nECONNREFUSED',
          outcome: 'failure',
          sessionId: 's1',
          occurredAt: minute(1),
          durationMs: 60_000,
          cwd: '/home/ada/shop',
          branch: 'main',
          source: path,
          code: { tool: 'Bash', callId: 't1' },
        },
      ])
      expect(await store.ingestTranscript({ projectId, path })).toMatchObject({
        lines: 0,
        added: 0,
      })
    })

    it('records a call once, with its outcome, whenever the result is written', async () => {
      const { store, projectId } = await openEpisodic(database())
      await writeFile(path, lines(call('t1', 1, { command: 'a' }), call('t2', 1, { command: 'b' })))
      expect(await store.ingestTranscript({ projectId, path })).toMatchObject({ added: 0 })
      await appendFile(path, lines(result('t2', 2)))
      expect(await store.ingestTranscript({ projectId, path })).toMatchObject({ added: 1 })
      expect(await store.ingestTranscript({ projectId, path })).toMatchObject({ added: 0 })
      await appendFile(path, lines(result('t1', 3)))
      expect(await store.ingestTranscript({ projectId, path })).toMatchObject({ added: 1 })
      expect(await store.ingestTranscript({ projectId, path })).toMatchObject({ lines: 0 })
      const { episodes } = await store.list({ projectId })
      expect(episodes.map(({ outcome }) => outcome)).toEqual(['success', 'success'])
    })

    it('records a call that never got a result after an hour', async () => {
      const { store, projectId, clock } = await openEpisodic(database())
      await writeFile(path, lines(call('t1', 0, { command: 'shutdown' })))
      expect(await store.ingestTranscript({ projectId, path })).toMatchObject({ added: 0 })
      clock.advance(61 * 60_000)
      expect(await store.ingestTranscript({ projectId, path })).toMatchObject({ added: 1 })
      expect(await store.ingestTranscript({ projectId, path })).toMatchObject({
        lines: 0,
        added: 0,
      })
      const { episodes } = await store.list({ projectId })
      expect(episodes).toMatchObject([{ content: 'Bash: shutdown', outcome: 'ongoing' }])
    })

    it('records what a resumed session repeats once', async () => {
      const { store, projectId } = await openEpisodic(database())
      const said = [call('t1', 1, { command: 'a' }), result('t1', 2)]
      await writeFile(path, lines(...said))
      await store.ingestTranscript({ projectId, path })
      const resumed = join(folder, 'resumed.jsonl')
      await writeFile(resumed, lines(...said.map((each) => ({ ...each, sessionId: 's2' }))))
      expect(await store.ingestTranscript({ projectId, path: resumed })).toMatchObject({
        added: 0,
        duplicates: 1,
      })
    })

    it('loses no call and doubles none when interrupted', async () => {
      const { projectId } = await openEpisodic(database())
      const said = Array.from({ length: 300 }, (_, index) => [
        call(`t${index}`, index, { command: `run ${index}` }),
        ...(index === 0 ? [] : [result(`t${index - 1}`, index)]),
      ])
      await writeFile(path, lines(...said.flat(), result('t299', 300)))
      const documents = createDocumentIndex(database())
      const broken = createEpisodicStore(database(), { documents: failAfter(documents, 1) })
      await expect(broken.ingestTranscript({ projectId, path })).rejects.toThrow('killed')
      const store = createEpisodicStore(database(), { documents })
      await store.ingestTranscript({ projectId, path })
      const expected = Array.from({ length: 300 }, (_, index) => `Bash: run ${index}`)
      expect(await contents()).toEqual(expected)
      expect(await store.ingestTranscript({ projectId, path })).toMatchObject({ added: 0 })
    })
  })
})
