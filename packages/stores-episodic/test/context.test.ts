import { createDocumentIndex } from '@athena-memory/search'
import { describeEachBackend } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import { createEpisodicStore } from '../src/episodic-store.ts'
import type { NewEpisode } from '../src/new-episode.ts'
import { addProject, minute, openEpisodic } from './open-episodic.ts'

describeEachBackend('what belongs together', (database) => {
  const open = async (given: readonly (Partial<NewEpisode> & { readonly at: number })[]) => {
    const { projectId, clock } = await openEpisodic(database())
    // Vectors have no part in this, and take their time.
    const documents = createDocumentIndex(database(), { now: clock.now })
    const store = createEpisodicStore(database(), { documents, now: clock.now })
    const { results } = await store.recordMany(
      given.map(({ at, ...each }, index) => ({
        projectId,
        content: `Event ${index}`,
        occurredAt: minute(at),
        ...each,
      })),
    )
    return { store, projectId, clock, ids: results.map(({ episode }) => episode.id) }
  }

  it('is a chain until nothing happens for an hour', async () => {
    const { store, ids } = await open([
      { at: 0 },
      { at: 61 },
      { at: 120.99, sessionId: 'monday' },
      { at: 130 },
      { at: 150, sessionId: 'monday' },
      { at: 210 },
    ])
    const chain = async (index: number, options: object = {}) => {
      const found = await store.chain({ id: ids[index] ?? '', ...options })
      return found?.episodes.map(({ id }) => ids.indexOf(id))
    }
    expect(await chain(3)).toEqual([1, 2, 3, 4])
    expect(await chain(1)).toEqual([1, 2, 3, 4])
    expect(await chain(0)).toEqual([0])
    expect(await chain(5)).toEqual([5])
    expect(await chain(5, { gapMinutes: 62 })).toEqual([0, 1, 2, 3, 4, 5])
    expect(await chain(2, { sameSession: true })).toEqual([2, 4])
    expect(await store.chain({ id: ids[3] ?? '', limit: 1 })).toMatchObject({
      episodes: [{ content: 'Event 2' }, { content: 'Event 3' }, { content: 'Event 4' }],
      startsAt: minute(120.99),
      endsAt: minute(150),
      isCutBefore: true,
      isCutAfter: false,
    })
    expect(await store.chain({ id: 'none' })).toBeUndefined()
  })

  it('has causes with their grounds, the strongest first', async () => {
    const { store, ids, projectId } = await open([
      { at: 0, eventType: 'error', files: ['a.ts', 'b.ts'], symbols: ['parse'] },
      { at: 10, files: ['a.ts'] },
      { at: 20, content: 'Made tea' },
      { at: 25, eventType: 'error' },
      { at: 30, eventType: 'commit', files: ['a.ts'], symbols: ['parse'] },
      { at: 31, files: ['a.ts'], content: 'Later' },
    ])
    const other = await addProject(database(), 'other')
    await store.record({
      projectId: other,
      content: 'Far',
      occurredAt: minute(29),
      files: ['a.ts'],
    })
    const causes = (await store.causes({ id: ids[4] ?? '' })) ?? []
    expect(causes.map(({ episode }) => ids.indexOf(episode.id))).toEqual([0, 1, 3])
    expect(causes[0]).toMatchObject({
      overlap: 1,
      repair: 1,
      proximity: expect.closeTo(0.5 ** 0.5),
      strength: expect.closeTo(0.45 + 0.25 + 0.3 * 0.5 ** 0.5),
      sharedFiles: ['a.ts'],
      sharedSymbols: ['parse'],
      gapMs: 30 * 60_000,
    })
    const all = (await store.causes({ id: ids[4] ?? '', minStrength: 0 })) ?? []
    expect(all.map(({ episode }) => ids.indexOf(episode.id))).toEqual([0, 1, 3, 2])
    const near = await store.causes({ id: ids[4] ?? '', windowHours: 0.25, minStrength: 0 })
    expect(near?.map(({ episode }) => ids.indexOf(episode.id))).toEqual([3, 2])
    expect(await store.causes({ id: ids[4] ?? '', limit: 1 })).toHaveLength(1)
    expect(await store.causes({ id: ids[0] ?? '' })).toEqual([])
    expect(await store.causes({ id: 'none' })).toBeUndefined()
    expect((await store.list({ projectId })).episodes).toHaveLength(6)
  })

  it('has causes about the same file behind any number of other events', async () => {
    const { store, ids } = await open([
      { at: 0, eventType: 'error', files: ['a.ts'] },
      { at: 1, eventType: 'error', symbols: ['parse'] },
      ...Array.from({ length: 300 }, (_, at) => ({ at: 2 + at })),
      { at: 303, eventType: 'commit' as const, files: ['a.ts'], symbols: ['parse'] },
    ])
    const causes = (await store.causes({ id: ids.at(-1) ?? '' })) ?? []
    expect(causes.slice(0, 2).map(({ episode }) => ids.indexOf(episode.id))).toEqual([1, 0])
  })

  it('is cut into segments where words turn to something else', async () => {
    const contents = [
      'Opened the parser and read how tokens are split',
      'The parser lost the last token of a line',
      'Wrote a test for the parser with a token at the end',
      'Fixed the parser so that the last token is kept',
      'All parser tests pass, tokens are right',
      'The customer reported a wrong invoice total',
      'Looked up the invoice and its tax rate',
      'The tax rate of the invoice was rounded twice',
      'Changed rounding of tax on invoices',
      'Sent the corrected invoice to the customer',
    ]
    const { store, projectId, ids } = await open(
      contents.map((content, at) => ({ at, content, sessionId: 'monday' })),
    )
    const { segments } = await store.segmentBySurprise({ projectId, sessionId: 'monday' })
    expect(segments).toEqual([
      { episodeIds: ids.slice(0, 5), startsAt: minute(0), endsAt: minute(4) },
      {
        episodeIds: ids.slice(5),
        startsAt: minute(5),
        endsAt: minute(9),
        surprise: expect.any(Number),
        confidence: expect.any(Number),
      },
    ])
    const page = await store.segmentBySurprise({ projectId, limit: 6 })
    expect(page.segments.flatMap(({ episodeIds }) => episodeIds)).toEqual(ids.slice(0, 6))
    const rest = await store.segmentBySurprise({ projectId, limit: 6, cursor: page.nextCursor })
    expect(rest.segments.flatMap(({ episodeIds }) => episodeIds)).toEqual(ids.slice(6))
    expect(rest.nextCursor).toBeUndefined()
    expect(await store.segmentBySurprise({ projectId: 'none' })).toEqual({ segments: [] })
  })

  it('lists surprises, page by page, and within a filter', async () => {
    const { store, projectId } = await open(
      [0.2, 0.9, 0.5, 0.5, undefined].map((surprise, at) => ({ at, surprise })),
    )
    const surprises = async (options: object) => {
      const page = await store.mostSurprising({ projectId, ...options })
      return page.episodes.map(({ surprise }) => surprise)
    }
    expect(await surprises({})).toEqual([0.9, 0.5, 0.5, 0.2])
    expect(await surprises({ minSurprise: 0.5 })).toEqual([0.9, 0.5, 0.5])
    expect(await surprises({ from: minute(2) })).toEqual([0.5, 0.5])
    const page = await store.mostSurprising({ projectId, limit: 2 })
    expect(await surprises({ cursor: page.nextCursor })).toEqual([0.5, 0.2])
  })

  it('moves through consolidation, all or none, and search knows', async () => {
    const { store, projectId, ids, clock } = await open([{ at: 0 }, { at: 1 }])
    const [first = '', second = ''] = ids
    const moved = await store.setConsolidationState([first, 'none'], 'consolidating')
    expect(moved).toMatchObject([{ id: first, consolidationState: 'consolidating' }])
    await expect(store.setConsolidationState([first, second], 'consolidated')).rejects.toThrow(
      'state cannot become consolidated from unconsolidated, which can become consolidating',
    )
    expect(await store.get(first)).toMatchObject({ consolidationState: 'consolidating' })
    const [done] = await store.setConsolidationState([first], 'consolidated')
    expect(done).toMatchObject({ consolidationState: 'consolidated', consolidatedAt: clock.now() })
    clock.advance(1000)
    expect(await store.setConsolidationState([first], 'consolidated')).toEqual([done])
    const states = { projectId, query: 'event', consolidationStates: ['consolidated'] as const }
    expect((await store.search(states)).results.map(({ id }) => id)).toEqual([first])
    const [undone] = await store.setConsolidationState([first], 'unconsolidated')
    expect(undone).toMatchObject({ consolidationState: 'unconsolidated' })
    expect(undone?.consolidatedAt).toBeUndefined()
  })
})
