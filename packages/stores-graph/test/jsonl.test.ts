import { describeEachBackend } from '@athena-memory/testing'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { addProject, DAY_MS, openGraph } from './open-graph.ts'

const text = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 12 })
  .filter((each) => !each.includes('\0'))

/** A graph as the reference MCP memory server may have written it. */
const graphs = fc
  .uniqueArray(
    fc.record({
      type: fc.constant('entity'),
      name: text,
      entityType: text,
      observations: fc.uniqueArray(text, { maxLength: 4 }),
    }),
    { selector: ({ name }) => name, minLength: 1, maxLength: 6 },
  )
  .chain((entities) => {
    const name = fc.constantFrom(...entities.map((entity) => entity.name))
    const relation = fc.record({
      type: fc.constant('relation'),
      from: name,
      to: name,
      relationType: text,
    })
    return fc
      .uniqueArray(relation, {
        selector: ({ from, to, relationType }) => JSON.stringify([from, to, relationType]),
        maxLength: 6,
      })
      .map((relations) => [...entities, ...relations])
  })

const toLines = (values: readonly unknown[]): string =>
  values.map((value) => JSON.stringify(value)).join('\n')

describeEachBackend('files of the reference MCP memory server', (database) => {
  it('come out as they went in', async () => {
    const { graph } = await openGraph(database())
    let number = 0
    await fc.assert(
      fc.asyncProperty(graphs, async (lines) => {
        number += 1
        const projectId = await addProject(database(), `round ${number}`)
        const report = await graph.importJsonl({ projectId, text: toLines(lines) })
        expect(report.problems).toEqual([])
        const written = await graph.exportJsonl({ projectId })
        expect(written.text.split('\n').map((line) => JSON.parse(line))).toEqual(lines)
        expect(report.entities + report.relations).toBe(lines.length)
        const again = await graph.importJsonl({ projectId, text: written.text })
        expect(again).toMatchObject({ entities: 0, observations: 0, relations: 0, problems: [] })
      }),
      { numRuns: 15 },
    )
  })

  it('are taken over but for malformed lines, which are told by number', async () => {
    const { graph, projectId } = await openGraph(database())
    const ada = { type: 'entity', name: 'Ada', entityType: 'person', observations: ['tall'] }
    const lines = [
      JSON.stringify(ada),
      '{"type":"entity","name":"secret',
      '',
      '[1]',
      JSON.stringify({ ...ada, type: 'secret' }),
      JSON.stringify({ ...ada, observations: 'secret' }),
      JSON.stringify({ ...ada, observations: ['tall', 7] }),
      JSON.stringify({ ...ada, name: '' }),
      JSON.stringify({ type: 'relation', from: 'Ada', to: 'secret', relationType: 'knows' }),
      JSON.stringify({ type: 'relation', from: 'Ada', to: 'Ada', relationType: 'knows' }),
      JSON.stringify({ type: 'relation', from: 'Ada', to: 'Ada' }),
    ]
    const report = await graph.importJsonl({ projectId, text: `\uFEFF${lines.join('\r\n')}\n` })
    expect(report).toMatchObject({ entities: 1, observations: 1, relations: 1 })
    expect(report.problems).toEqual([
      { line: 2, problem: 'expected one JSON object' },
      { line: 4, problem: 'line: expected object' },
      { line: 5, problem: 'type: expected "entity" or "relation"' },
      { line: 6, problem: 'observations: expected array' },
      { line: 7, problem: 'observations.1: expected string' },
      { line: 8, problem: 'name: must not be empty' },
      { line: 9, problem: 'to: no entity of this name' },
      { line: 11, problem: 'relationType: expected string' },
    ])
    expect(JSON.stringify(report)).not.toContain('secret')
  })

  it('keep entities apart that share a name', async () => {
    const { graph, projectId } = await openGraph(database())
    const { results } = await graph.addEntities(
      ['planet', 'metal', 'god'].map((entityType) => ({ projectId, name: 'Mercury', entityType })),
    )
    const [planet = '', metal = '', god = ''] = results.map(({ entity }) => entity.id)
    await graph.relate({ fromId: metal, toId: planet, relationType: 'named after' })
    await graph.relate({ fromId: planet, toId: god, relationType: 'named after' })
    const { text: written } = await graph.exportJsonl({ projectId })
    const other = await addProject(database(), 'other')
    expect((await graph.importJsonl({ projectId: other, text: written })).problems).toEqual([])
    expect((await graph.exportJsonl({ projectId: other })).text).toBe(written)
  })

  it('hold what is true now of one namespace, or as of a time', async () => {
    const { graph, projectId, clock } = await openGraph(database())
    const ada = { projectId, name: 'Ada', entityType: 'person' }
    const { entity } = await graph.addEntity({ ...ada, observations: ['young'] })
    await graph.addEntity({ ...ada, namespace: 'draft' })
    const { relation } = await graph.relate({
      fromId: entity.id,
      toId: entity.id,
      relationType: 'likes',
    })
    const before = clock.now()
    clock.advance(DAY_MS)
    await graph.unrelate(relation.id)
    const [young] = (await graph.observations({ entityId: entity.id })).observations
    await graph.supersedeObservation(young?.id ?? '', { content: 'old' })
    const now = await graph.exportJsonl({ projectId })
    expect(now.text).toBe(
      '{"type":"entity","name":"Ada","entityType":"person","observations":["old"]}',
    )
    const then = await graph.exportJsonl({ projectId, asOf: before })
    expect(then).toMatchObject({ entities: 1, observations: 1, relations: 1 })
    expect(then.text).toContain('"young"')
    expect(await graph.exportJsonl({ projectId: 'none' })).toEqual({
      text: '',
      entities: 0,
      observations: 0,
      relations: 0,
    })
  })

  it('make what they hold found at once', async () => {
    const { graph, projectId } = await openGraph(database())
    const line = { type: 'entity', name: 'Ada', entityType: 'person', observations: ['Likes tea'] }
    await graph.importJsonl({ projectId, text: JSON.stringify(line), namespace: 'team' })
    const { results } = await graph.search({ projectId, query: 'tea', namespace: 'team' })
    expect(results.map(({ kind }) => kind).toSorted()).toEqual(['entity', 'observation'])
  })
})
