import { bindOperations, createRegistry, toJsonSchema } from '@athena-memory/operations'
import { describeEachBackend } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import { graphOperations } from '../src/index.ts'
import { openGraph } from './open-graph.ts'

describeEachBackend('graph operations', (database) => {
  const open = async () => {
    const opened = await openGraph(database())
    const { call } = createRegistry(bindOperations(opened.graph, graphOperations))
    return { ...opened, call }
  }

  it('are one for each method of the store', async () => {
    const { graph } = await open()
    const verbs = Object.keys(graph).map((method) =>
      method.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    )
    expect(graphOperations.map(({ verb }) => verb).toSorted()).toEqual(verbs.toSorted())
  })

  it('have schemas that JSON can carry, and examples that fit', () => {
    for (const { input, output, examples, name } of graphOperations) {
      expect(toJsonSchema(input, 'input').type).toBe('object')
      expect(toJsonSchema(output, 'output').type).toBe('object')
      expect({ name, examples }).not.toEqual({ name, examples: [] })
      const misfits = examples.filter((example) => !input.safeParse(example.input).success)
      expect({ name, misfits }).toEqual({ name, misfits: [] })
    }
  })

  it('build a graph and walk it', async () => {
    const { call, projectId, graph } = await open()
    await call('graph.add-entity', { projectId, name: 'Ada', entityType: 'person' })
    await call('graph.add-entities', {
      projectId,
      entities: [{ name: 'parser', entityType: 'component', observations: ['Is fast'] }],
    })
    const { entities } = await graph.findEntities({ projectId })
    const idOf = (name: string) => entities.find((entity) => entity.name === name)?.id ?? ''
    const [ada, parser] = [idOf('Ada'), idOf('parser')]
    const wrote = { fromId: ada, toId: parser, relationType: 'wrote', strength: 0.5 }
    expect(await call('graph.relate', wrote)).toMatchObject({ isNew: true, relation: wrote })
    expect(await call('graph.relate-many', { relations: [wrote] })).toMatchObject({
      results: [{ isNew: false }],
    })
    const validFrom = '2020-01-01T00:00:00.000Z'
    const seen = { entityId: ada, content: 'Lives in Lisbon', validFrom }
    expect(await call('graph.observe', seen)).toMatchObject({ observation: seen, isNew: true })
    expect(await call('graph.observe-many', { observations: [seen] })).toMatchObject({
      results: [{ isNew: false }],
    })
    const [observation] = (await graph.observations({ entityId: ada })).observations
    expect(
      await call('graph.supersede-observation', { id: observation?.id, content: 'Lives in Porto' }),
    ).toMatchObject({ superseded: { isDuplicate: false } })
    const answers = {
      'graph.get-entity': [{ id: ada }, { entity: { name: 'Ada' } }],
      'graph.find-entities': [{ projectId, name: 'Ada' }, { entities: [{ id: ada }] }],
      'graph.search': [{ projectId, query: 'porto' }, { results: [{}, {}] }],
      'graph.relations': [{ entityId: ada }, { relations: [wrote] }],
      'graph.observations': [{ entityId: ada }, { observations: [{ content: 'Lives in Porto' }] }],
      'graph.neighbours': [{ entityId: ada }, { neighbours: [{ entity: { id: parser } }] }],
      'graph.subgraph': [{ entityIds: [ada] }, { relations: [wrote] }],
      'graph.shortest-path': [{ fromId: ada, toId: parser }, { paths: [{ cost: 2 }] }],
      'graph.centrality': [
        { projectId, limit: 1 },
        { results: [{ score: 1 }], isExact: true },
      ],
      'graph.as-of': [
        { projectId, at: validFrom, name: 'Ada' },
        { entities: [{ observations: [{ content: 'Lives in Lisbon' }] }] },
      ],
      'graph.detect-communities': [{ projectId }, { members: 2 }],
      'graph.communities': [{ projectId }, { communities: [{ memberCount: 2 }] }],
      'graph.bridges': [{ projectId }, { bridges: [] }],
      'graph.export-jsonl': [{ projectId }, { entities: 2, observations: 2, relations: 1 }],
      'graph.promote': [
        { id: ada, namespace: 'team' },
        { promoted: { promotion: { toNamespace: 'team' } } },
      ],
      'graph.promotions': [{ projectId }, { promotions: [{ entityId: ada }] }],
    }
    for (const [name, [input, output]] of Object.entries(answers)) {
      expect({ name, ...(await call(name, input)) }).toMatchObject({ name, ...output })
    }
    const [community] = (await graph.communities({ projectId })).communities
    const members = await call('graph.community-members', { communityId: community?.id })
    expect(members).toMatchObject({ entities: [{ id: ada }, { id: parser }] })
    expect(await call('graph.summarize-community', { id: community?.id })).toMatchObject({
      summarized: { community: { summaryMethod: 'extractive' } },
    })
    const drawn = await call('graph.mermaid', { projectId })
    expect(drawn['diagram']).toContain('Ada')
    const [relation] = (await graph.relations({ entityId: ada })).relations
    expect(await call('graph.unrelate', { id: relation?.id })).toMatchObject({
      relation: { id: relation?.id },
    })
    const text = '{"type":"entity","name":"Bob","entityType":"person","observations":[]}\nx'
    expect(await call('graph.import-jsonl', { projectId, text })).toMatchObject({
      entities: 1,
      problems: [{ line: 2 }],
    })
    expect(await call('graph.forget', { id: relation?.id })).toMatchObject({ relations: 1 })
    expect(await call('graph.remove-entity', { id: ada })).toMatchObject({ entities: 1 })
  })

  it('never hold anything of the graph in messages of errors', async () => {
    const { call, projectId, graph } = await open()
    const secret = 'zebrafinch'
    const { entity } = await graph.addEntity({ projectId, name: secret, entityType: secret })
    await graph.addEntity({ projectId, name: secret, entityType: secret, namespace: secret })
    const { observation } = await graph.observe({ entityId: entity.id, content: secret })
    const next = await graph.supersedeObservation(observation.id, { content: `${secret} two` })
    const wrong: [string, object][] = [
      ['graph.add-entity', { projectId: 'none', name: secret, entityType: secret }],
      ['graph.add-entity', { projectId, name: secret.repeat(200), entityType: secret }],
      [
        'graph.add-entity',
        { projectId, name: secret, entityType: secret, [`x${secret.length}`]: secret },
      ],
      ['graph.find-entities', { projectId, cursor: secret }],
      ['graph.relate', { fromId: entity.id, toId: secret, relationType: secret }],
      ['graph.relate', { fromId: entity.id, toId: entity.id, relationType: secret, strength: 7 }],
      ['graph.observe', { entityId: secret, content: secret }],
      ['graph.observe', { entityId: entity.id, content: secret, validFrom: secret }],
      ['graph.supersede-observation', { id: observation.id, content: secret }],
      ['graph.supersede-observation', { id: next?.observation.id, content: `${secret} two` }],
      ['graph.promote', { id: entity.id, namespace: secret }],
      ['graph.centrality', { projectId, measure: secret }],
    ]
    for (const [name, input] of wrong) {
      const message = await call(name, input).then(
        () => 'it did not fail',
        (error: unknown) => (error instanceof Error ? error.message : ''),
      )
      expect(`${name}: ${message}`).toMatch(/: (graph\.|invalid input|Storage:)/)
      expect(message).not.toContain(secret)
    }
  })
})
