import { describeEachBackend } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import { createGraphStore } from '../src/index.ts'
import { DAY_MS, openGraph } from './open-graph.ts'

describeEachBackend('observations', (database) => {
  const open = async () => {
    const opened = await openGraph(database())
    const { entity } = await opened.graph.addEntity({
      projectId: opened.projectId,
      name: 'Ada',
      entityType: 'person',
    })
    const contents = async (asOf?: Date) =>
      (await opened.graph.observations({ entityId: entity.id, asOf })).observations.map(
        ({ content }) => content,
      )
    return { ...opened, entityId: entity.id, contents }
  }

  it('give back what was said, once', async () => {
    const { graph, projectId, entityId, clock } = await open()
    const seen = { entityId, content: 'Likes tea', confidence: 0.5, source: 'letter' }
    const { observation, isNew, notices } = await graph.observe(seen)
    expect({ isNew, notices }).toEqual({ isNew: true, notices: [] })
    expect(observation).toEqual({
      ...seen,
      id: expect.any(String),
      projectId,
      observedAt: clock.now(),
      createdAt: clock.now(),
      updatedAt: clock.now(),
    })
    expect(await graph.observe({ ...seen, confidence: 1 })).toEqual({
      observation,
      isNew: false,
      redactions: 0,
      notices: [],
    })
    const many = await graph.observeMany(
      ['Is tall', 'Likes tea', 'Is tall'].map((content) => ({ entityId, content })),
    )
    expect(many.results.map(({ isNew: fresh }) => fresh)).toEqual([true, false, false])
    expect(many.results[2]?.observation).toEqual(many.results[0]?.observation)
  })

  it('of twenty callers at once are all kept, and all told by the entity', async () => {
    const { graph, projectId, entityId, contents } = await open()
    const facts = Array.from({ length: 20 }, (_, at) => `Fact number ${at}`)
    await Promise.all(facts.map((content) => graph.observe({ entityId, content })))
    expect((await contents()).toSorted()).toEqual(facts.toSorted())
    const { results } = await graph.search({ projectId, query: 'Ada person', kinds: ['entity'] })
    expect(results[0]?.content.split('\n').slice(1).toSorted()).toEqual(facts.toSorted())
  })

  it('supersede each other: the old one is kept and shown as of its time', async () => {
    const { graph, projectId, entityId, clock, contents } = await open()
    const { observation } = await graph.observe({ entityId, content: 'Lives in Lisbon' })
    const before = clock.now()
    clock.advance(DAY_MS)
    const next = await graph.supersedeObservation(observation.id, { content: 'Lives in Porto' })
    expect(next).toMatchObject({
      isDuplicate: false,
      observation: { content: 'Lives in Porto', validFrom: clock.now(), entityId },
      previous: {
        id: observation.id,
        content: 'Lives in Lisbon',
        supersededBy: next?.observation.id,
        supersededAt: clock.now(),
        validUntil: clock.now(),
      },
    })
    expect(await contents()).toEqual(['Lives in Porto'])
    expect(await contents(before)).toEqual(['Lives in Lisbon'])
    const all = await graph.observations({ entityId, includeSuperseded: true })
    expect(all.observations).toHaveLength(2)
    const found = async (query: string, asOf?: Date) =>
      (await graph.search({ projectId, query, asOf, kinds: ['observation'] })).results.map(
        ({ content }) => content,
      )
    expect(await found('Lisbon')).toEqual([])
    expect(await found('Porto')).toEqual(['Ada: Lives in Porto'])
    expect(await found('Lisbon', before)).toEqual(['Ada: Lives in Lisbon'])
    const entities = await graph.search({ projectId, query: 'Lisbon', kinds: ['entity'] })
    expect(entities.results).toEqual([])
  })

  it('are superseded once, by something else, and may come back', async () => {
    const { graph, entityId, clock, contents } = await open()
    const { observation } = await graph.observe({ entityId, content: 'one' })
    await graph.observe({ entityId, content: 'two' })
    const same = graph.supersedeObservation(observation.id, { content: 'one' })
    await expect(same).rejects.toMatchObject({ code: 'invalid' })
    const merged = await graph.supersedeObservation(observation.id, { content: 'two' })
    expect(merged?.isDuplicate).toBe(true)
    expect(await contents()).toEqual(['two'])
    const twice = graph.supersedeObservation(observation.id, { content: 'three' })
    await expect(twice).rejects.toMatchObject({ code: 'conflict' })
    expect(await graph.supersedeObservation('none', { content: 'x' })).toBeUndefined()
    clock.advance(DAY_MS)
    expect((await graph.observe({ entityId, content: 'one' })).isNew).toBe(true)
    expect((await contents()).toSorted()).toEqual(['one', 'two'])
  })

  it('that have expired are true again when they are observed again', async () => {
    const { graph, entityId, clock, contents } = await open()
    const validUntil = new Date(clock.now().getTime() + DAY_MS)
    const first = await graph.observe({ entityId, content: 'On holiday', validUntil })
    clock.advance(2 * DAY_MS)
    expect(await contents()).toEqual([])
    const again = await graph.observe({ entityId, content: 'On holiday' })
    expect(again.isNew).toBe(true)
    expect(await contents()).toEqual(['On holiday'])
    expect(await contents(new Date(validUntil.getTime() + 1))).toEqual([])
    expect(await contents(first.observation.observedAt)).toEqual(['On holiday'])
  })

  it('are listed observed last first, page by page', async () => {
    const { graph, entityId, clock } = await open()
    for (const content of ['1', '2', '3']) {
      await graph.observe({ entityId, content })
      clock.advance(1000)
    }
    const page = await graph.observations({ entityId, limit: 2 })
    expect(page.observations.map(({ content }) => content)).toEqual(['3', '2'])
    const rest = await graph.observations({ entityId, limit: 2, cursor: page.nextCursor })
    expect(rest.observations.map(({ content }) => content)).toEqual(['1'])
  })

  it('need an entity, and are kept all or none', async () => {
    const { graph, entityId, contents } = await open()
    const lost = graph.observeMany([
      { entityId, content: 'one' },
      { entityId: 'none', content: 'two' },
    ])
    await expect(lost).rejects.toMatchObject({ code: 'missing-reference' })
    const wrong = graph.observe({ entityId, content: 'one', confidence: 2 })
    await expect(wrong).rejects.toThrow('confidence must be from 0 to 1')
    expect(await contents()).toEqual([])
  })

  it('are undone with the transaction that they are part of', async () => {
    const { graph, entityId, documents, projectId, contents } = await open()
    const failure = new Error('changed my mind')
    const work = database().transaction(async (tx) => {
      await createGraphStore(tx, { documents }).observe({ entityId, content: 'Likes tea' })
      throw failure
    })
    await expect(work).rejects.toBe(failure)
    expect(await contents()).toEqual([])
    expect((await graph.search({ projectId, query: 'tea' })).results).toEqual([])
    await database().transaction((tx) =>
      createGraphStore(tx, { documents }).observe({ entityId, content: 'Likes tea' }),
    )
    expect(await contents()).toEqual(['Likes tea'])
  })
})
