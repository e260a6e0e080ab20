import { describeEachBackend } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import { addProject, contentsOf, HOUR_MS, openWorking } from './open-working.ts'

describeEachBackend('working memory', (database) => {
  it('holds an item with all that is said of it, and search finds it at once', async () => {
    const { store, documents, projectId, clock } = await openWorking(database())
    const { item, moved, notices } = await store.hold({
      projectId,
      content: 'The login test fails on Windows',
      contentType: 'decision',
      importance: 0.9,
      tags: ['login', 'login', 'windows'],
      source: 'ci.log',
      origin: { run: 7, steps: ['test'] },
    })
    expect([moved, notices]).toEqual([[], []])
    expect(item).toMatchObject({
      projectId,
      content: 'The login test fails on Windows',
      contentType: 'decision',
      component: 'central_executive',
      activation: 1,
      importance: 0.9,
      accessCount: 0,
      tags: ['login', 'windows'],
      source: 'ci.log',
      origin: { run: 7, steps: ['test'] },
      createdAt: clock.now(),
    })
    expect(await store.get(item.id)).toEqual(item)
    const { results } = await documents.search('which test fails on windows?', { projectId })
    expect(results).toMatchObject([{ layer: 'working', sourceId: item.id, kind: 'decision' }])
  })

  it('puts each type where it belongs, unless said otherwise', async () => {
    const { store, projectId } = await openWorking(database())
    const types = ['verbal', 'action', 'spatial', 'episodic', 'goal', 'decision'] as const
    for (const contentType of types) {
      await store.hold({ projectId, content: contentType, contentType })
    }
    await store.hold({ projectId, content: 'other', component: 'visuospatial' })
    expect(
      (await store.capacity(projectId)).map(({ component, held }) => [component, held]),
    ).toEqual([
      ['phonological', 2],
      ['visuospatial', 2],
      ['episodic_buffer', 1],
      ['central_executive', 2],
    ])
  })

  it('refuses what would spoil it, and names the field', async () => {
    const { store, projectId } = await openWorking(database())
    const content = 'Tea'
    const wrong = [
      [{ content: ' \0 ' }, 'content must not be empty'],
      [{ content: 'é'.repeat(600_000) }, 'content must have at most 1 MiB'],
      [{ content, importance: 1.1 }, 'importance must be from 0 to 1'],
      [{ content, origin: { text: 'x'.repeat(70_000) } }, 'origin must have at most 64 KiB'],
    ] as const
    for (const [item, message] of wrong) {
      await expect(store.hold({ projectId, ...item })).rejects.toThrow(message)
    }
    await expect(store.hold({ projectId: 'none', content })).rejects.toMatchObject({
      code: 'missing-reference',
    })
    await expect(store.track({ projectId, path: ' ', pathKind: 'file' })).rejects.toThrow(
      'path must have from 1 to 4096 characters',
    )
  })

  it('fades with time and comes back when it is rehearsed', async () => {
    const { store, projectId, clock } = await openWorking(database())
    const { item } = await store.hold({ projectId, content: 'Tea', importance: 0 })
    clock.advance(6 * HOUR_MS)
    expect((await store.get(item.id))?.activation).toBeCloseTo(0.5, 6)
    const [rehearsed] = await store.rehearse([item.id, 'none', item.id])
    expect(rehearsed).toMatchObject({ activation: 1, accessCount: 1, lastAccessedAt: clock.now() })
    expect(await store.rehearse(['none'])).toEqual([])
  })

  it('lists the most active first, a page at a time, as of the first page', async () => {
    const { store, projectId, clock } = await openWorking(database())
    const other = await addProject(database(), 'other')
    await store.hold({ projectId: other, content: 'elsewhere' })
    for (const content of ['one', 'two', 'three', 'four', 'five']) {
      await store.hold({ projectId, content, importance: content === 'two' ? 1 : 0.2 })
      clock.advance(2 * HOUR_MS)
    }
    const order = ['five', 'four', 'two', 'three', 'one']
    const all = await store.list({ projectId })
    expect(all.items.map(({ content }) => content)).toEqual(order)
    expect(all.nextCursor).toBeUndefined()
    const pages: string[][] = []
    let cursor: string | undefined
    do {
      const page = await store.list({ projectId, limit: 2, cursor })
      pages.push(page.items.map(({ content }) => content))
      cursor = page.nextCursor
      clock.advance(HOUR_MS)
    } while (cursor !== undefined)
    expect(pages).toEqual([order.slice(0, 2), order.slice(2, 4), order.slice(4)])
    const active = await store.list({ projectId, minActivation: all.items[3]?.activation })
    expect(active.items.length).toBeLessThan(5)
    expect((await store.list({ projectId, component: 'visuospatial' })).items).toEqual([])
    await expect(store.list({ projectId, cursor: 'x' })).rejects.toThrow('cursor must be')
  })

  it('has up to five items in focus, and only those named', async () => {
    const { store, projectId, clock } = await openWorking(database())
    const ids: string[] = []
    for (let index = 0; index < 6; index += 1) {
      ids.push((await store.hold({ projectId, content: `Item ${index}` })).item.id)
    }
    const since = clock.now()
    expect(await store.focus({ projectId, ids: ids.slice(1, 3).toReversed() })).toMatchObject([
      { id: ids[2], focusedAt: since, accessCount: 1 },
      { id: ids[1], focusedAt: since },
    ])
    clock.advance(HOUR_MS)
    const [kept, fresh] = await store.focus({ projectId, ids: ids.slice(2, 4) })
    expect([kept?.focusedAt, fresh?.focusedAt]).toEqual([since, clock.now()])
    expect((await store.get(ids[1] ?? ''))?.focusedAt).toBeUndefined()
    await expect(store.focus({ projectId, ids })).rejects.toThrow('ids must be at most 5')
    const other = await addProject(database(), 'other')
    await expect(store.focus({ projectId: other, ids: ids.slice(0, 1) })).rejects.toMatchObject({
      code: 'missing-reference',
    })
    expect(await store.focus({ projectId, ids: [] })).toEqual([])
    expect((await store.list({ projectId })).items.some(({ focusedAt }) => focusedAt)).toBe(false)
  })

  it('lets go of items with their documents, one by one and all at once', async () => {
    const { store, projectId } = await openWorking(database())
    const one = await store.hold({ projectId, content: 'one' })
    await store.hold({ projectId, content: 'two' })
    await store.hold({ projectId, content: 'three', component: 'visuospatial' })
    expect(await store.release([one.item.id, 'none'])).toBe(1)
    expect(await contentsOf(database(), 'working')).toEqual(['three', 'two'])
    expect(await store.clear({ projectId, component: 'phonological' })).toBe(1)
    expect(await contentsOf(database(), 'working')).toEqual(['three'])
    expect(await store.clear({ projectId })).toBe(1)
    expect(await store.clear({ projectId })).toBe(0)
    expect((await store.list({ projectId })).items).toEqual([])
    expect(await contentsOf(database(), 'working')).toEqual([])
  })

  it('keeps files and directories in mind, once for each path', async () => {
    const { store, projectId, clock, episodic } = await openWorking(database())
    const file = { projectId, path: 'src/login.ts', pathKind: 'file' } as const
    const first = await store.track({ ...file, tags: ['login'] })
    expect(first.item).toMatchObject({
      content: 'src/login.ts',
      contentType: 'spatial',
      component: 'visuospatial',
      pathKind: 'file',
    })
    clock.advance(HOUR_MS)
    const again = await store.track(file)
    expect(again.item).toMatchObject({ id: first.item.id, accessCount: 1, activation: 1 })
    const changed = await store.track({ ...file, content: 'Yesterday the time-out was fixed' })
    expect(changed.moved).toMatchObject([{ itemId: first.item.id }])
    expect(changed.item).toMatchObject({ path: 'src/login.ts' })
    await store.track({ projectId, path: 'src/', pathKind: 'directory' })
    await store.track({ projectId, path: 'src2/a.ts', pathKind: 'file' })
    const paths = async (options: { directory?: string; cursor?: string; limit?: number } = {}) => {
      const page = await store.workspace({ projectId, ...options })
      return [page.items.map(({ path }) => path), page.nextCursor]
    }
    expect(await paths()).toEqual([['src', 'src/login.ts', 'src2/a.ts'], undefined])
    expect(await paths({ directory: 'src' })).toEqual([['src/login.ts'], undefined])
    expect(await paths({ directory: 'sr_' })).toEqual([[], undefined])
    expect(await paths({ limit: 2 })).toEqual([['src', 'src/login.ts'], 'src/login.ts'])
    expect(await paths({ cursor: 'src/login.ts' })).toEqual([['src2/a.ts'], undefined])
    expect(episodic.taken).toEqual([])
  })

  it('keeps one item of a path that many callers track at once', async () => {
    const { open, store, projectId } = await openWorking(database())
    const path = { projectId, path: 'src/login.ts', pathKind: 'file' } as const
    await Promise.all(Array.from({ length: 8 }, () => open().track(path)))
    expect((await store.workspace({ projectId })).items).toHaveLength(1)
  })

  it('refuses another text for a path where no layer takes in the one before', async () => {
    const { store, projectId } = await openWorking(database(), { sinks: {} })
    const file = { projectId, path: 'a.ts', pathKind: 'file' } as const
    const { item } = await store.track(file)
    await expect(store.track({ ...file, content: 'other' })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('path is held with another text: no layer takes in'),
    })
    expect((await store.workspace({ projectId })).items).toEqual([item])
  })

  it('leaves with its project', async () => {
    const { store, projectId } = await openWorking(database())
    await store.hold({ projectId, content: 'one' })
    await store.setGoal({ projectId, content: 'two' })
    const { query, tables } = database()
    await query.delete(tables.projects)
    expect(await contentsOf(database(), 'working')).toEqual([])
    expect((await store.list({ projectId })).items).toEqual([])
  })
})
