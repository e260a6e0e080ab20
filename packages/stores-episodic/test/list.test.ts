import { describeEachBackend } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import type { NewEpisode } from '../src/new-episode.ts'
import { listQuery } from '../src/list-episodes.ts'
import { addProject, DAY_MS, minute, openEpisodic } from './open-episodic.ts'

describeEachBackend('listing', (database) => {
  const open = async (given: readonly Partial<NewEpisode>[]) => {
    const opened = await openEpisodic(database())
    const { store, projectId } = opened
    await store.recordMany(
      given.map((each, at) => ({
        projectId,
        content: `Event ${at}`,
        occurredAt: minute(at),
        ...each,
      })),
    )
    const listed = async (options: object = {}) =>
      (await store.list({ projectId, ...options })).episodes.map(({ content }) => content)
    return { ...opened, listed }
  }

  it('gives the latest first, page by page, also where times are equal', async () => {
    const { store, projectId } = await open(
      Array.from({ length: 25 }, (_, at) => ({ occurredAt: minute(at % 3) })),
    )
    const seen: string[] = []
    const times: number[] = []
    let cursor: string | undefined
    do {
      const page = await store.list({ projectId, limit: 7, cursor })
      expect(page.episodes.length).toBeLessThanOrEqual(7)
      seen.push(...page.episodes.map(({ id }) => id))
      times.push(...page.episodes.map(({ occurredAt }) => occurredAt.getTime()))
      cursor = page.nextCursor
    } while (cursor !== undefined)
    expect(new Set(seen).size).toBe(25)
    expect(seen).toHaveLength(25)
    expect(times).toEqual(times.toSorted((a, b) => b - a))
    await expect(store.list({ projectId, cursor: 'x' })).rejects.toThrow('cursor must be')
  })

  it('keeps to what is asked for', async () => {
    const { listed, store, projectId } = await open([
      { sessionId: 'monday', eventType: 'error', outcome: 'failure' },
      { sessionId: 'monday', files: ['a.ts', 'b.ts'], symbols: ['parse'] },
      { eventType: 'commit', outcome: 'success', files: ['a.ts'] },
      { files: ['A.ts'], symbols: ['Parse'] },
    ])
    const other = await addProject(database(), 'other')
    await store.record({ projectId: other, content: 'Elsewhere', files: ['a.ts'] })
    expect(await listed()).toEqual(['Event 3', 'Event 2', 'Event 1', 'Event 0'])
    expect(await listed({ sessionId: 'monday' })).toEqual(['Event 1', 'Event 0'])
    expect(await listed({ eventTypes: ['error', 'commit'] })).toEqual(['Event 2', 'Event 0'])
    expect(await listed({ outcomes: ['success'] })).toEqual(['Event 2'])
    expect(await listed({ from: minute(1), to: minute(3) })).toEqual(['Event 2', 'Event 1'])
    expect(await listed({ file: 'a.ts' })).toEqual(['Event 2', 'Event 1'])
    expect(await listed({ symbol: 'parse' })).toEqual(['Event 1'])
    expect(await listed({ file: 'a.ts', symbol: 'parse' })).toEqual(['Event 1'])
    expect(await listed({ file: 'a.ts', eventTypes: ['commit'] })).toEqual(['Event 2'])
    expect(await listed({ file: 'a.ts', limit: 1 })).toEqual(['Event 2'])
    expect(await listed({ file: '%.ts' })).toEqual([])
    const [first] = (await store.list({ projectId })).episodes
    await store.setConsolidationState([first?.id ?? ''], 'consolidating')
    expect(await listed({ consolidationStates: ['consolidating'] })).toEqual(['Event 3'])
  })

  it('finds files and symbols by their indexes, however many episodes there are', async () => {
    const { store, projectId } = await open([])
    await store.record({ projectId, content: 'Known', files: ['f'], symbols: ['s'] })
    const { query, tables } = database()
    const [row] = await query.select().from(tables.episodes)
    if (!row) throw new Error('it was not stored')
    const owned = { projectId, createdAt: row.createdAt, updatedAt: row.updatedAt }
    for (let part = 0; part < 2; part += 1) {
      const ids = Array.from({ length: 500 }, (_, at) => `e${part}-${at}`)
      await query.insert(tables.episodes).values(ids.map((id) => ({ ...row, id, contentHash: id })))
      await query
        .insert(tables.episodeFiles)
        .values(ids.map((id) => ({ ...owned, id, episodeId: id, path: `f-${id}` })))
      await query
        .insert(tables.episodeSymbols)
        .values(ids.map((id) => ({ ...owned, id, episodeId: id, symbol: `s-${id}` })))
    }
    const db = database()
    if (db.dialect === 'postgres') await db.executeAsOwner('analyze')
    const explain = db.dialect === 'postgres' ? 'explain' : 'explain query plan'
    for (const about of [{ file: 'f-e1-7' }, { symbol: 's-e1-7' }]) {
      const { sql, params } = listQuery(db, { projectId, ...about }, 20).toSQL()
      const values = params.map((value) => (value instanceof Date ? value.toISOString() : value))
      const plan = (await db.execute(`${explain} ${sql}`, values)).flat().join('\n')
      expect(plan).toMatch(/episode_(?:files_project_id_path|symbols_project_id_symbol)_idx/)
      expect(plan).not.toMatch(/episodes_project_id|Seq Scan|SCAN episode/)
    }
  })

  it('gives what is recent', async () => {
    const { store, projectId, clock } = await open([
      { occurredAt: minute(-25 * 60) },
      { occurredAt: minute(-23 * 60), sessionId: 'monday' },
      { occurredAt: minute(0) },
    ])
    const recent = async (options: object) =>
      (await store.recent({ projectId, ...options })).map(({ content }) => content)
    expect(await recent({})).toEqual(['Event 2', 'Event 1'])
    expect(await recent({ hours: 30 })).toEqual(['Event 2', 'Event 1', 'Event 0'])
    expect(await recent({ limit: 1 })).toEqual(['Event 2'])
    expect(await recent({ sessionId: 'monday' })).toEqual(['Event 1'])
    clock.advance(DAY_MS + 1)
    expect(await recent({})).toEqual([])
  })

  it('counts each day by type and outcome, skipping what is empty', async () => {
    const day = (at: number, ms = 0) => new Date(Date.UTC(2026, 0, 1) + at * DAY_MS + ms)
    const { store, projectId } = await open([
      { occurredAt: day(0) },
      { occurredAt: day(0, DAY_MS - 1), eventType: 'error', outcome: 'failure' },
      { occurredAt: day(1), eventType: 'error', outcome: 'failure', sessionId: 'monday' },
      { occurredAt: day(1), eventType: 'error', outcome: 'success' },
      { occurredAt: day(400), eventType: 'commit' },
    ])
    const last = { day: '2027-02-05', count: 1, types: { commit: 1 }, outcomes: {} }
    const second = {
      day: '2026-01-02',
      count: 2,
      types: { error: 2 },
      outcomes: { failure: 1, success: 1 },
    }
    const first = {
      day: '2026-01-01',
      count: 2,
      types: { action: 1, error: 1 },
      outcomes: { failure: 1 },
    }
    const page = await store.timeline({ projectId })
    expect(page).toEqual({ days: [last], nextCursor: '2026-01-02' })
    expect(await store.timeline({ projectId, cursor: page.nextCursor })).toEqual({
      days: [second, first],
    })
    expect(await store.timeline({ projectId, cursor: page.nextCursor, limit: 1 })).toEqual({
      days: [second],
      nextCursor: '2026-01-01',
    })
    expect(await store.timeline({ projectId, from: day(0, 1), to: day(1) })).toEqual({
      days: [{ ...first, count: 1, types: { error: 1 } }],
    })
    expect((await store.timeline({ projectId, limit: 366 })).days).toHaveLength(1)
    expect(await store.timeline({ projectId, sessionId: 'monday' })).toMatchObject({
      days: [{ day: '2026-01-02', count: 1 }],
    })
    expect(await store.timeline({ projectId: 'none' })).toEqual({ days: [] })
    await expect(store.timeline({ projectId, cursor: 'x' })).rejects.toThrow('cursor must be')
  })

  it('searches within types, times and states', async () => {
    const { store, projectId } = await open([
      { content: 'Tea was sold', eventType: 'success' },
      { content: 'Tea was spilled', eventType: 'error' },
    ])
    const found = async (options: object) => {
      const { results } = await store.search({ projectId, query: 'tea', ...options })
      return results.map(({ content }) => content).toSorted()
    }
    expect(await found({})).toEqual(['Tea was sold', 'Tea was spilled'])
    expect(await found({ eventTypes: ['error'] })).toEqual(['Tea was spilled'])
    expect(await found({ to: minute(1) })).toEqual(['Tea was sold'])
    expect(await found({ consolidationStates: ['consolidated'] })).toEqual([])
    const [first] = (await store.search({ projectId, query: 'what was sold?' })).results
    expect(first).toMatchObject({
      layer: 'episodic',
      content: 'Tea was sold',
      hybridScore: expect.any(Number),
      keywordRank: 1,
      signals: { text: expect.any(Number) },
    })
    expect((await store.search({ projectId, query: 'quantum chromodynamics' })).results).toEqual([])
  })
})
