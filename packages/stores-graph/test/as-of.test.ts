import { describeEachBackend } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import { addNamed, DAY_MS, openGraph } from './open-graph.ts'

describeEachBackend('the graph as of a time', (database) => {
  it('shows what was true then of every entity', async () => {
    const { graph, projectId, clock } = await openGraph(database())
    const idOf = await addNamed(graph, projectId, ['Ada', 'Lisbon', 'Porto'])
    const tie = (to: string, validFrom: string, validUntil?: string) => ({
      fromId: idOf('Ada'),
      toId: idOf(to),
      relationType: 'lives in',
      validFrom: new Date(validFrom),
      validUntil: validUntil === undefined ? undefined : new Date(validUntil),
    })
    await graph.relateMany([tie('Lisbon', '2010-01-01', '2020-01-01'), tie('Porto', '2020-01-01')])
    const { observation } = await graph.observe({
      entityId: idOf('Ada'),
      content: 'Is a student',
      validFrom: new Date('2010-01-01'),
    })
    await graph.supersedeObservation(observation.id, {
      content: 'Is a teacher',
      validFrom: new Date('2015-01-01'),
    })
    const at = async (time: string) => {
      const { entities } = await graph.asOf({ projectId, at: new Date(time), name: 'Ada' })
      const [ada] = entities
      return [
        ...(ada?.observations.map(({ content }) => content) ?? []),
        ...(ada?.relations.map(({ toId }) => (toId === idOf('Porto') ? 'Porto' : 'Lisbon')) ?? []),
      ]
    }
    expect(await at('2009-12-31')).toEqual([])
    expect(await at('2012-01-01')).toEqual(['Is a student', 'Lisbon'])
    expect(await at('2015-01-01')).toEqual(['Is a teacher', 'Lisbon'])
    expect(await at('2020-01-01')).toEqual(['Is a teacher', 'Porto'])
    clock.advance(DAY_MS)
    const page = await graph.asOf({ projectId, at: clock.now(), limit: 2 })
    const rest = await graph.asOf({ projectId, at: clock.now(), limit: 2, cursor: page.nextCursor })
    expect([...page.entities, ...rest.entities].map(({ entity }) => entity.name)).toEqual([
      'Porto',
      'Lisbon',
      'Ada',
    ])
    expect((await graph.asOf({ projectId: 'none', at: clock.now() })).entities).toEqual([])
  })
})
