import { createDocumentIndex } from '@athena-memory/search'
import { describeEachBackend } from '@athena-memory/testing'
import { describe, expect, it } from 'vitest'
import { createEpisodicStore } from '../src/episodic-store.ts'
import { addProject, minute, openEpisodic } from './open-episodic.ts'

describeEachBackend('recording', (database) => {
  it('gives back everything that was said, with defaults for the rest', async () => {
    const { store, projectId, clock } = await openEpisodic(database())
    const given = {
      projectId,
      content: 'The parser test fails on an empty line',
      eventType: 'test_run',
      occurredAt: minute(5),
      sessionId: 'monday',
      outcome: 'failure',
      learned: 'Empty lines have no tokens',
      confidence: 0.8,
      surprise: 0.9,
      cwd: '/home/ada/shop',
      task: 'fix the parser',
      phase: 'verifying',
      branch: 'main',
      durationMs: 1200,
      filesChanged: 5,
      linesAdded: 10,
      linesDeleted: 2,
      code: { language: 'ts', testName: 'empty line', testPassed: false, performance: { ms: 3 } },
      source: 'ci',
    } as const
    const files = ['src/parser.ts', 'src/lexer.ts', 'src/parser.ts']
    const { episode, isDuplicate, notices } = await store.record({
      ...given,
      files,
      symbols: ['parse'],
    })
    expect({ isDuplicate, notices }).toEqual({ isDuplicate: false, notices: [] })
    expect(episode).toEqual({
      ...given,
      id: expect.any(String),
      files: ['src/lexer.ts', 'src/parser.ts'],
      symbols: ['parse'],
      consolidationState: 'unconsolidated',
      createdAt: clock.now(),
      updatedAt: clock.now(),
    })
    expect(await store.get(episode.id)).toEqual(episode)
    const plain = await store.record({ projectId, content: 'Opened the shop' })
    expect(plain.episode).toEqual({
      id: expect.any(String),
      projectId,
      content: 'Opened the shop',
      eventType: 'action',
      occurredAt: clock.now(),
      confidence: 1,
      files: [],
      symbols: [],
      consolidationState: 'unconsolidated',
      createdAt: clock.now(),
      updatedAt: clock.now(),
    })
    expect(await store.get('none')).toBeUndefined()
  })

  it('makes fresh episodes visible to search at once, also by what was learned', async () => {
    const { store, projectId } = await openEpisodic(database())
    const learned = 'Kettles must be descaled'
    const { episode } = await store.record({ projectId, content: 'Cleaned the shop', learned })
    for (const query of ['who cleaned?', 'descaled kettles']) {
      const { results } = await store.search({ projectId, query })
      expect(results.map(({ id }) => id)).toEqual([episode.id])
    }
  })

  describe('the same again', () => {
    it('gives the episode that is there', async () => {
      const { store, projectId, clock } = await openEpisodic(database())
      const event = { projectId, content: 'Opened the shop', files: ['a', 'b'] }
      const first = await store.record(event)
      const again = await store.record({ ...event, files: ['b', 'a'], confidence: 0.5 })
      expect(again).toMatchObject({ isDuplicate: true, episode: first.episode })
      clock.advance(1)
      expect((await store.record(event)).isDuplicate).toBe(false)
    })

    it('is another episode in another project', async () => {
      const { store, projectId } = await openEpisodic(database())
      const other = await addProject(database(), 'other')
      await store.record({ projectId, content: 'Opened the shop' })
      const second = await store.record({ projectId: other, content: 'Opened the shop' })
      expect(second.isDuplicate).toBe(false)
    })

    it('is one episode for twenty callers at once', async () => {
      const { store, projectId } = await openEpisodic(database())
      const results = await Promise.all(
        Array.from({ length: 20 }, () => store.record({ projectId, content: 'Opened the shop' })),
      )
      expect(new Set(results.map(({ episode }) => episode.id)).size).toBe(1)
      expect(results.filter(({ isDuplicate }) => !isDuplicate)).toHaveLength(1)
      expect((await store.list({ projectId })).episodes).toHaveLength(1)
    })
  })

  it('keeps twenty different events that are recorded at once', async () => {
    const { store, projectId } = await openEpisodic(database())
    const contents = Array.from({ length: 20 }, (_, index) => `Filled shelf ${index}`)
    await Promise.all(contents.map((content) => store.record({ projectId, content })))
    const { episodes } = await store.list({ projectId, limit: 100 })
    expect(episodes.map(({ content }) => content).toSorted()).toEqual(contents.toSorted())
  })

  describe('many events', () => {
    it('answers in their order and counts duplicates, of the batch and of before', async () => {
      const { store, projectId } = await openEpisodic(database())
      const known = await store.record({ projectId, content: 'two' })
      const { results, duplicates } = await store.recordMany(
        ['one', 'two', 'three', 'one'].map((content) => ({ projectId, content })),
      )
      expect(duplicates).toBe(2)
      expect(results.map(({ episode }) => episode.content)).toEqual(['one', 'two', 'three', 'one'])
      expect(results.map(({ isDuplicate }) => isDuplicate)).toEqual([false, true, false, true])
      expect(results[1]?.episode.id).toBe(known.episode.id)
      expect(results[3]?.episode.id).toBe(results[0]?.episode.id)
      expect(await store.recordMany([])).toEqual({ results: [], duplicates: 0, notices: [] })
    })

    it('takes more than one statement can hold', async () => {
      const { projectId } = await openEpisodic(database())
      const documents = createDocumentIndex(database())
      const store = createEpisodicStore(database(), { documents })
      const many = Array.from({ length: 1200 }, (_, at) => ({
        projectId,
        content: `Event ${at}`,
        occurredAt: minute(at),
        files: [`a${at}`, `b${at}`],
      }))
      const { results, duplicates } = await store.recordMany(many)
      expect({ stored: results.length, duplicates }).toEqual({ stored: 1200, duplicates: 0 })
      expect(results[1100]?.episode.files).toEqual(['a1100', 'b1100'])
      expect(await documents.status()).toMatchObject({ documents: 1200 })
      expect((await store.recordMany(many)).duplicates).toBe(1200)
    })

    it('keeps none of them when one is refused', async () => {
      const { store, projectId } = await openEpisodic(database())
      const one = { projectId, content: 'one' }
      await expect(store.recordMany([one, { projectId, content: '  ' }])).rejects.toThrow(
        'content must not be empty',
      )
      await expect(
        store.recordMany([one, { projectId: 'none', content: 'two' }]),
      ).rejects.toMatchObject({ code: 'missing-reference' })
      expect((await store.list({ projectId })).episodes).toEqual([])
    })
  })

  it.each([
    [{ content: '' }, 'content must not be empty'],
    [{ content: '\0' }, 'content must not be empty'],
    [{ content: 'é'.repeat(600_000) }, 'at most 1 MiB'],
    [{ occurredAt: new Date(Number.NaN) }, 'occurredAt must be a time'],
    [{ confidence: 1.1 }, 'confidence must be from 0 to 1'],
    [{ surprise: Number.NaN }, 'surprise must be from 0 to 1'],
    [{ durationMs: -1 }, 'durationMs must be a whole number'],
    [{ linesAdded: 2 ** 31 }, 'linesAdded must be a whole number'],
    [{ sessionId: '' }, 'sessionId must have from 1'],
    [{ files: ['a', 'é'.repeat(1001)] }, 'files[1] must have from 1 to 2000 bytes'],
    [{ symbols: [''] }, 'symbols[0] must have'],
  ])('refuses what would spoil the memory: %#', async (fields, message) => {
    const { store, projectId } = await openEpisodic(database())
    const refused = store.record({ projectId, content: 'Tea', ...fields })
    await expect(refused).rejects.toMatchObject({ code: 'invalid' })
    await expect(refused).rejects.toThrow(message)
  })

  it('keeps long names, odd texts and old times as they are', async () => {
    const { store, projectId } = await openEpisodic(database())
    const content = `"quotes" 'and' $1 ? :x \u{1F375} \\ %_ \u200B\u0301`
    const files = [
      Array.from({ length: 500 }, (_, at) => String.fromCodePoint(0x4e00 + at * 7)).join(''),
    ]
    const occurredAt = new Date('0800-12-25T00:00:00.123Z')
    const { episode } = await store.record({ projectId, content, files, occurredAt })
    expect(await store.get(episode.id)).toMatchObject({ content, files, occurredAt })
    const nul = await store.record({ projectId, content: 'a\0b', files: ['x\0'] })
    expect(nul.episode).toMatchObject({ content: 'ab', files: ['x'] })
    expect((await store.record({ projectId, content: 'ab', files: ['x'] })).isDuplicate).toBe(true)
  })

  it('is undone with the transaction that it is part of', async () => {
    const { store, projectId, documents } = await openEpisodic(database())
    const failure = new Error('changed my mind')
    const work = database().transaction(async (tx) => {
      await createEpisodicStore(tx, { documents }).record({ projectId, content: 'Tea was sold' })
      throw failure
    })
    await expect(work).rejects.toBe(failure)
    expect((await store.list({ projectId })).episodes).toEqual([])
    expect((await store.search({ projectId, query: 'tea' })).results).toEqual([])
  })

  it('measures how surprising an event is after the ones before it', async () => {
    const { store, projectId, clock } = await openEpisodic(database())
    const sold = async (content: string, surprise?: number) => {
      clock.advance(60_000)
      return (await store.record({ projectId, content, surprise })).episode.surprise
    }
    for (let at = 0; at < 5; at += 1) expect(await sold(`Sold green tea to Ada`)).toBeUndefined()
    const usual = await sold('Sold green tea to Ada')
    const unusual = await sold('Lightning struck the chimney')
    expect(usual).toBeGreaterThanOrEqual(0)
    expect(unusual).toBeLessThanOrEqual(1)
    expect(unusual).toBeGreaterThan(usual ?? 1)
    expect(await sold('Sold green tea to Bob', 0.123)).toBe(0.123)
    const { episodes } = await store.mostSurprising({ projectId })
    expect(episodes.map(({ content }) => content)).toEqual([
      'Lightning struck the chimney',
      ...(usual !== undefined && usual > 0.123
        ? ['Sold green tea to Ada', 'Sold green tea to Bob']
        : ['Sold green tea to Bob', 'Sold green tea to Ada']),
    ])
  })
})
