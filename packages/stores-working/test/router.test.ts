import { describeEachBackend } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import type { RoutedLayer } from '../src/index.ts'
import type { WorkingStore } from '../src/working-store.ts'
import { addProject, HOUR_MS, openWorking } from './open-working.ts'

const options = { minSamples: 12, forest: { trees: 20 } }

describeEachBackend('the router', (database) => {
  /** Holds, routes and lets go of an item, with feedback on where it belongs. */
  const label = async (
    store: WorkingStore,
    projectId: string,
    [content, layer]: readonly [string, RoutedLayer],
  ) => {
    const { item } = await store.hold({ projectId, content })
    const route = await store.route(item.id)
    if (!route) throw new Error('it was not routed')
    await store.release([item.id])
    const wasCorrect = route.targetLayer === layer
    return store.feedback(route.id, { wasCorrect, correctLayer: layer })
  }

  /** Questions belong to the prospective layer here, which no rule knows; the rest is facts. */
  const taught = (count: number): (readonly [string, RoutedLayer])[] =>
    Array.from({ length: count }, (_, index) =>
      index % 2 === 0
        ? ([`Who sells tea number ${index}?`, 'prospective'] as const)
        : ([`Tea number ${index} is green`, 'semantic'] as const),
    )

  it('decides by rules at first, says why, and moves nothing', async () => {
    const { store, projectId, clock } = await openWorking(database())
    const { item } = await store.hold({
      projectId,
      content: 'Yesterday src/login.ts broke',
      tags: ['login'],
      origin: { session: 's1' },
    })
    clock.advance(HOUR_MS)
    const route = await store.route(item.id)
    expect(route).toMatchObject({
      projectId,
      itemId: item.id,
      item: { content: item.content, tags: ['login'], origin: { session: 's1' } },
      features: { secondsHeld: 3600, hasTemporalMarker: 1, hasFileReference: 1, isPhonological: 1 },
      targetLayer: 'episodic',
      confidence: 0.67,
      method: 'rules',
      routedAt: clock.now(),
    })
    expect(Object.keys(route?.features ?? {})).toHaveLength(11)
    expect(route).toMatchObject({ actualLayer: undefined, wasCorrect: undefined })
    expect(await store.get(item.id)).toBeDefined()
    expect(await store.route('none')).toBeUndefined()
    expect(await store.feedback('none', { wasCorrect: true })).toEqual({})
  })

  it('decides on many at once, in their order', async () => {
    const { store, projectId } = await openWorking(database())
    const ids: string[] = []
    for (const content of ['Tea is green', 'Tomorrow order tea', 'Last week tea was sold out']) {
      ids.push((await store.hold({ projectId, content })).item.id)
    }
    const routes = await store.routeBatch([...ids, 'none', ids[0] ?? ''].toReversed())
    expect(routes.map(({ itemId, targetLayer }) => [itemId, targetLayer])).toEqual([
      [ids[0], 'semantic'],
      [ids[2], 'episodic'],
      [ids[1], 'prospective'],
    ])
    expect(await store.routeBatch(['none'])).toEqual([])
  })

  it('keeps its records when items leave, and lists them a page at a time', async () => {
    const { store, projectId, clock } = await openWorking(database())
    const { item } = await store.hold({ projectId, content: 'Tea is green' })
    await store.route(item.id)
    clock.advance(1000)
    const [moved] = await store.consolidate({ projectId, ids: [item.id] })
    const { routes } = await store.listRoutes({ projectId, itemId: item.id })
    expect(routes).toMatchObject([
      { id: moved?.routeId, actualLayer: 'semantic', actualId: moved?.id },
      { actualLayer: undefined, item: { content: 'Tea is green' } },
    ])
    const first = await store.listRoutes({ projectId, limit: 1 })
    const rest = await store.listRoutes({ projectId, limit: 1, cursor: first.nextCursor })
    expect([...first.routes, ...rest.routes]).toEqual(routes)
    expect(rest.nextCursor).toBeUndefined()
    await store.feedback(moved?.routeId ?? '', { wasCorrect: true })
    const judged = await store.listRoutes({ projectId, hasFeedback: true })
    expect(judged.routes.map(({ id }) => id)).toEqual([moved?.routeId])
    const open = await store.listRoutes({ projectId, hasFeedback: false })
    expect(open.routes.map(({ id }) => id)).toEqual([routes[1]?.id])
    await expect(store.listRoutes({ projectId, cursor: 'x' })).rejects.toThrow('cursor must be')
  })

  it('takes feedback that agrees with itself', async () => {
    const { store, projectId } = await openWorking(database())
    const { item } = await store.hold({ projectId, content: 'Tea is green' })
    const route = await store.route(item.id)
    const judge = (feedback: Parameters<WorkingStore['feedback']>[1]) =>
      store.feedback(route?.id ?? '', feedback)
    await expect(judge({ wasCorrect: true, correctLayer: 'episodic' })).rejects.toThrow(
      'correctLayer must be left out or be semantic',
    )
    await expect(judge({ wasCorrect: false, correctLayer: 'semantic' })).rejects.toThrow(
      'correctLayer must be another layer than semantic',
    )
    expect(await judge({ wasCorrect: false })).toMatchObject({
      route: { wasCorrect: false, correctLayer: undefined },
    })
    expect(await judge({ wasCorrect: true })).toMatchObject({
      route: { wasCorrect: true, correctLayer: 'semantic' },
      trained: undefined,
    })
  })

  it('becomes a forest when enough routes are known, and survives a restart', async () => {
    const { store, open, projectId, clock } = await openWorking(database(), options)
    const lessons = taught(12)
    for (const lesson of lessons.slice(0, 11)) {
      expect((await label(store, projectId, lesson)).trained).toBeUndefined()
    }
    await expect(store.train(projectId)).rejects.toThrow(
      'at least 12 routes with a known layer, and there are 11',
    )
    const { trained } = await label(store, projectId, ['Tea is green', 'semantic'])
    expect(trained).toEqual({
      version: 1,
      algorithm: 'random-forest',
      sampleCount: 12,
      layers: ['semantic', 'prospective'],
      accuracy: expect.any(Number),
      trainedAt: clock.now(),
    })
    expect(trained?.accuracy).toBeGreaterThan(0.8)
    const { item } = await store.hold({ projectId, content: 'Who sells the best tea?' })
    const route = await store.route(item.id)
    expect(route).toMatchObject({ method: 'forest', modelVersion: 1, targetLayer: 'prospective' })
    const restarted = await open().route(item.id)
    expect(restarted).toMatchObject({
      method: 'forest',
      targetLayer: 'prospective',
      confidence: route?.confidence,
    })
    const other = await addProject(database(), 'other')
    const elsewhere = await store.hold({ projectId: other, content: 'Who sells the best tea?' })
    expect(await store.route(elsewhere.item.id)).toMatchObject({ method: 'rules' })
  })

  it('is trained anew on demand, and other stores see it', async () => {
    const { store, open, projectId } = await openWorking(database(), options)
    for (const lesson of taught(12)) await label(store, projectId, lesson)
    const early = open()
    const { item } = await store.hold({ projectId, content: 'Who sells the best tea?' })
    expect(await early.route(item.id)).toMatchObject({ modelVersion: 1 })
    await label(store, projectId, ['Yesterday tea came', 'episodic'])
    const [next] = await Promise.all([store.train(projectId), store.train(projectId)])
    expect(next).toMatchObject({ sampleCount: 13, layers: ['semantic', 'episodic', 'prospective'] })
    expect(await early.route(item.id)).toMatchObject({ modelVersion: 3 })
  })

  it('is not trained on one layer only', async () => {
    const { store, projectId } = await openWorking(database(), { ...options, minSamples: 2 })
    await label(store, projectId, ['Tea is green', 'semantic'])
    const { trained } = await label(store, projectId, ['Tea is hot', 'semantic'])
    expect(trained).toBeUndefined()
    await expect(store.train(projectId)).rejects.toThrow('routes of at least two layers')
  })

  it('counts how it did from its records', async () => {
    const { store, projectId } = await openWorking(database(), { ...options, minSamples: 3 })
    expect(await store.stats(projectId)).toEqual({
      routes: 0,
      moved: 0,
      redirected: 0,
      labelled: 0,
      correct: 0,
      accuracy: undefined,
      confidence: undefined,
      byTarget: {},
      byActual: {},
      byMethod: {},
      model: undefined,
    })
    const held: string[] = []
    for (const content of ['Tea is green', 'Tomorrow order tea', 'Yesterday tea came']) {
      held.push((await store.hold({ projectId, content })).item.id)
    }
    const moved = await store.consolidate({ projectId, ids: held })
    for (const [index, { routeId }] of moved.entries()) {
      const wasCorrect = index < 2
      await store.feedback(routeId, {
        wasCorrect,
        correctLayer: wasCorrect ? undefined : 'procedural',
      })
    }
    const { item } = await store.hold({ projectId, content: 'Tea is hot' })
    const asked = await store.route(item.id)
    const stats = await store.stats(projectId)
    expect(stats).toMatchObject({
      routes: 4,
      moved: 3,
      redirected: 1,
      labelled: 3,
      correct: 2,
      byActual: { semantic: 2, episodic: 1 },
      byMethod: { rules: 3, forest: 1 },
      model: { version: 1, sampleCount: 3 },
    })
    expect(stats.accuracy).toBeCloseTo(2 / 3)
    expect(stats.confidence).toBeCloseTo((0.6 + 0.7 + 0.67 + (asked?.confidence ?? 0)) / 4)
    expect(Object.values(stats.byTarget).reduce((sum, each) => sum + each, 0)).toBe(4)
  })
})
