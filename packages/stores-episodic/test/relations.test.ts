import { describeEachBackend } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import { addProject, minute, openEpisodic } from './open-episodic.ts'

describeEachBackend('links and measurements', (database) => {
  const open = async (count: number) => {
    const opened = await openEpisodic(database())
    const { store, projectId } = opened
    const { results } = await store.recordMany(
      Array.from({ length: count }, (_, at) => ({ projectId, content: `Event ${at}` })),
    )
    return { ...opened, ids: results.map(({ episode }) => episode.id) }
  }

  it('are kept once for each type, with the latest strength', async () => {
    const { store, clock, projectId, ids } = await open(2)
    const [fromId = '', toId = ''] = ids
    const link = { fromId, toId, relationType: 'caused' }
    const first = await store.relate(link)
    expect(first).toEqual({
      ...link,
      id: expect.any(String),
      projectId,
      strength: 1,
      createdAt: clock.now(),
      updatedAt: clock.now(),
    })
    clock.advance(1000)
    const again = await store.relate({ ...link, strength: 0.5 })
    expect(again).toEqual({ ...first, strength: 0.5, updatedAt: clock.now() })
    await store.relate({ ...link, relationType: 'part_of' })
    expect((await store.related({ id: fromId })).related).toHaveLength(2)
  })

  it('is one link for ten callers at once', async () => {
    const { store, ids } = await open(2)
    const [fromId = '', toId = ''] = ids
    const links = await Promise.all(
      Array.from({ length: 10 }, () => store.relate({ fromId, toId, relationType: 'caused' })),
    )
    expect(new Set(links.map(({ id }) => id)).size).toBe(1)
    expect((await store.related({ id: toId })).related).toHaveLength(1)
  })

  it('lead both ways, the strongest first, page by page', async () => {
    const { store, ids } = await open(5)
    const [centre = '', a = '', b = '', c = '', d = ''] = ids
    await store.relate({ fromId: centre, toId: a, relationType: 'caused', strength: 0.2 })
    await store.relate({ fromId: b, toId: centre, relationType: 'caused', strength: 0.9 })
    await store.relate({ fromId: centre, toId: c, relationType: 'part_of', strength: 0.5 })
    await store.relate({ fromId: a, toId: d, relationType: 'caused' })
    const related = async (options: object = {}) =>
      (await store.related({ id: centre, ...options })).related.map(({ episode, direction }) => [
        episode.id,
        direction,
      ])
    expect(await related()).toEqual([
      [b, 'in'],
      [c, 'out'],
      [a, 'out'],
    ])
    expect(await related({ direction: 'in' })).toEqual([[b, 'in']])
    expect(await related({ direction: 'out', relationTypes: ['caused'] })).toEqual([[a, 'out']])
    const page = await store.related({ id: centre, limit: 2 })
    expect(page.related.map(({ strength }) => strength)).toEqual([0.9, 0.5])
    expect(await related({ limit: 2, cursor: page.nextCursor })).toEqual([[a, 'out']])
    expect(await store.related({ id: 'none' })).toEqual({ related: [] })
  })

  it('are refused where they make no sense', async () => {
    const { store, ids } = await open(1)
    const [id = ''] = ids
    const other = await addProject(database(), 'other')
    const far = await store.record({ projectId: other, content: 'Elsewhere' })
    const link = { fromId: id, toId: far.episode.id, relationType: 'caused' }
    await expect(store.relate(link)).rejects.toThrow('must be of the same project')
    await expect(store.relate({ ...link, toId: 'none' })).rejects.toMatchObject({
      code: 'missing-reference',
    })
    await expect(store.relate({ ...link, toId: id })).rejects.toThrow('toId must be another')
    await expect(store.relate({ ...link, relationType: 'A b' })).rejects.toThrow('relationType')
    await expect(store.relate({ ...link, strength: 2 })).rejects.toThrow('strength must be')
  })

  it('lists measurements of an event and of a name, the latest first', async () => {
    const { store, projectId, ids, clock } = await open(2)
    const [first = '', second = ''] = ids
    const measured = (episodeId: string, name: string, at: number) =>
      store.addMetric({ episodeId, name, value: at, unit: 'ms', measuredAt: minute(at) })
    const metric = await measured(first, 'build', 1)
    expect(metric).toEqual({
      id: expect.any(String),
      projectId,
      episodeId: first,
      name: 'build',
      value: 1,
      unit: 'ms',
      measuredAt: minute(1),
      createdAt: clock.now(),
      updatedAt: clock.now(),
    })
    await measured(first, 'coverage', 2)
    await measured(second, 'build', 3)
    const plain = await store.addMetric({ episodeId: second, name: 'x', value: -0.5 })
    expect(plain).toMatchObject({ measuredAt: clock.now() })
    expect(plain.unit).toBeUndefined()
    const values = async (options: object) =>
      (await store.metrics({ projectId, ...options })).metrics.map(({ value }) => value)
    expect(await values({})).toEqual([3, 2, 1, -0.5])
    expect(await values({ episodeId: first })).toEqual([2, 1])
    expect(await values({ name: 'build' })).toEqual([3, 1])
    expect(await values({ from: minute(2), to: minute(3) })).toEqual([2])
    const page = await store.metrics({ projectId, limit: 2 })
    expect(await values({ limit: 2, cursor: page.nextCursor })).toEqual([1, -0.5])
    expect(await values({ projectId: 'none' })).toEqual([])
  })

  it('refuses measurements of nothing and of no number', async () => {
    const { store, ids } = await open(1)
    const metric = { episodeId: ids[0] ?? '', name: 'build', value: 1 }
    await expect(store.addMetric({ ...metric, episodeId: 'none' })).rejects.toMatchObject({
      code: 'missing-reference',
    })
    await expect(store.addMetric({ ...metric, value: Number.NaN })).rejects.toThrow('value must be')
    await expect(store.addMetric({ ...metric, name: '' })).rejects.toThrow('name must have')
  })
})
