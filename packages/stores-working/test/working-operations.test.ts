import { bindOperations, createRegistry, toJsonSchema } from '@athena-memory/operations'
import { describeEachBackend } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import { workingOperations } from '../src/index.ts'
import { openWorking } from './open-working.ts'

describeEachBackend('working operations', (database) => {
  const open = async () => {
    const opened = await openWorking(database(), { minSamples: 2, forest: { trees: 5 } })
    const { call } = createRegistry(bindOperations(opened.store, workingOperations))
    return { ...opened, call }
  }

  it('are one for each method of the store', async () => {
    const { store } = await open()
    const verbs = Object.keys(store).map((method) =>
      method.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    )
    expect(workingOperations.map(({ verb }) => verb).toSorted()).toEqual(verbs.toSorted())
  })

  it('have schemas that JSON can carry', () => {
    for (const { input, output } of workingOperations) {
      expect(toJsonSchema(input, 'input').type).toBe('object')
      expect(toJsonSchema(output, 'output').type).toBe('object')
    }
  })

  it('carry items through their life', async () => {
    const { call, store, projectId } = await open()
    const origin = { session: 's1' }
    const held = await call('working.hold', { projectId, content: 'Tea is green', origin })
    expect(held).toMatchObject({
      item: { content: 'Tea is green', origin },
      moved: [],
      notices: [],
    })
    await call('working.track', { projectId, path: 'src/a.ts', pathKind: 'file' })
    const ids = (await store.list({ projectId })).items.map((item) => item.id)
    const [{ id } = { id: '' }] = (await store.list({ projectId, component: 'phonological' })).items
    expect(await call('working.get', { id })).toEqual({ item: held['item'] })
    expect(await call('working.get', { id: 'none' })).toEqual({})
    expect(await call('working.rehearse', { ids })).toMatchObject({ items: [{}, {}] })
    expect(await call('working.focus', { projectId, ids: [id] })).toMatchObject({
      items: [{ id, focusedAt: expect.any(String) }],
    })
    expect(await call('working.list', { projectId, limit: 1 })).toMatchObject({
      items: [{}],
      nextCursor: expect.any(String),
    })
    expect(await call('working.workspace', { projectId })).toMatchObject({
      items: [{ path: 'src/a.ts' }],
    })
    expect(await call('working.capacity', { projectId })).toMatchObject({
      components: [{ component: 'phonological', held: 1, soft: 6, hard: 7 }, {}, {}, {}],
    })
    const bound = await call('working.bind', { projectId, itemIds: ids, content: 'Both' })
    const binder = (await store.list({ projectId, component: 'episodic_buffer' })).items[0]?.id
    expect(bound).toMatchObject({ item: { id: binder } })
    expect(await call('working.parts', { id: binder })).toMatchObject({ parts: [{}, {}] })
    expect(await call('working.chunk', { projectId, itemIds: ids })).toMatchObject({ moved: [] })
    expect(await call('working.decay', { projectId })).toEqual({ moved: [] })
    expect(
      await call('working.consolidate', { projectId, count: 1, layer: 'episodic' }),
    ).toMatchObject({ moved: [{ layer: 'episodic' }] })
    const [left] = (await store.list({ projectId })).items
    expect(await call('working.release', { ids: [left?.id] })).toEqual({ released: 1 })
    expect(await call('working.clear', { projectId })).toEqual({ released: 0 })
    expect(await call('working.forget', { id })).toMatchObject({ forgotten: false })
    expect(await call('working.forget-moved', { layer: 'semantic', ids })).toEqual({ copies: 0 })
  })

  it('carry goals through theirs', async () => {
    const { call, store, projectId } = await open()
    const dueAt = '2026-03-01T00:00:00.000Z'
    expect(await call('working.set-goal', { projectId, content: 'Release', dueAt })).toMatchObject({
      goal: { content: 'Release', dueAt, priority: 5 },
    })
    const [{ id } = { id: '' }] = (await store.listGoals({ projectId })).goals
    expect(await call('working.get-goal', { id })).toMatchObject({ goal: { id } })
    expect(await call('working.progress-goal', { id, progress: 0.5 })).toMatchObject({
      goal: { status: 'in_progress' },
    })
    expect(await call('working.suspend-goal', { id })).toMatchObject({
      goal: { status: 'suspended' },
    })
    expect(await call('working.resume-goal', { id })).toMatchObject({ goal: { progress: 0.5 } })
    expect(await call('working.goal-tree', { projectId })).toMatchObject({
      goals: [{ id, depth: 0, path: [id] }],
    })
    expect(await call('working.complete-goal', { id, cascade: true })).toMatchObject({
      completed: [{ id, status: 'completed' }],
    })
    expect(await call('working.list-goals', { projectId })).toEqual({ goals: [] })
  })

  it('teach the router', async () => {
    const { call, store, projectId } = await open()
    const one = await store.hold({ projectId, content: 'Tea is green' })
    const two = await store.hold({ projectId, content: 'Yesterday tea came' })
    const itemIds = [one.item.id, two.item.id]
    expect(await call('working.route', { itemId: one.item.id })).toMatchObject({
      route: { targetLayer: 'semantic', method: 'rules' },
    })
    expect(await call('working.route', { itemId: 'none' })).toEqual({})
    expect(await call('working.route-batch', { itemIds })).toMatchObject({ routes: [{}, {}] })
    const { routes } = await store.listRoutes({ projectId })
    const judged = routes.map(({ id: routeId }) =>
      call('working.feedback', { routeId, wasCorrect: true }),
    )
    expect((await Promise.all(judged)).some(({ trained }) => trained)).toBe(true)
    expect(await call('working.train', { projectId })).toMatchObject({
      model: { sampleCount: 3, accuracy: expect.any(Number) },
    })
    expect(await call('working.list-routes', { projectId, hasFeedback: true })).toMatchObject({
      routes: [{ wasCorrect: true }, {}, {}],
    })
    expect(await call('working.stats', { projectId })).toMatchObject({ routes: 3, accuracy: 1 })
  })

  it('never show anything that is held in an error', async () => {
    const secret = 'zebrafinch'
    const { call, store, projectId } = await open()
    const { item } = await store.hold({ projectId, content: secret, tags: [secret] })
    const route = await store.route(item.id)
    const goal = await store.setGoal({ projectId, content: secret })
    await store.completeGoal(goal.id)
    const calls = [
      ['working.hold', { projectId: 'none', content: secret }],
      ['working.hold', { projectId, content: secret, contentType: secret }],
      ['working.hold', { projectId, content: secret, extra: secret }],
      ['working.list', { projectId, cursor: secret }],
      ['working.list-goals', { projectId, cursor: secret }],
      ['working.list-routes', { projectId, cursor: secret }],
      ['working.focus', { projectId, ids: [secret] }],
      ['working.chunk', { projectId, itemIds: [secret, item.id] }],
      ['working.progress-goal', { id: goal.id, progress: 0.5 }],
      ['working.set-goal', { projectId, content: secret, parentId: secret }],
      ['working.feedback', { routeId: route?.id, wasCorrect: true, correctLayer: 'episodic' }],
      ['working.train', { projectId }],
    ] as const
    for (const [name, input] of calls) {
      const error: unknown = await call(name, input).then(
        () => undefined,
        (thrown: unknown) => thrown,
      )
      const message = error instanceof Error ? error.message : `${name} was no error`
      expect(message).toMatch(/^(invalid input|working\.)/)
      expect(message).not.toContain(secret)
    }
  })
})
