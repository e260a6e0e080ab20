import { describeEachBackend } from '@athena-memory/testing'
import { describe, expect, it } from 'vitest'
import { addNamed, addProject, openGraph } from './open-graph.ts'

describeEachBackend('entities', (database) => {
  it('give back what was said, with defaults for the rest', async () => {
    const { graph, projectId, clock } = await openGraph(database())
    const { entity, isNew, notices } = await graph.addEntity({
      projectId,
      name: 'Ada',
      entityType: 'person',
      metadata: { age: 36, tags: ['a'] },
    })
    expect({ isNew, notices }).toEqual({ isNew: true, notices: [] })
    expect(entity).toEqual({
      id: expect.any(String),
      projectId,
      name: 'Ada',
      entityType: 'person',
      namespace: 'default',
      metadata: { age: 36, tags: ['a'] },
      createdAt: clock.now(),
      updatedAt: clock.now(),
    })
    expect(await graph.getEntity(entity.id)).toEqual(entity)
    expect(await graph.getEntity('none')).toBeUndefined()
  })

  it('are there once, whoever adds them again', async () => {
    const { graph, projectId } = await openGraph(database())
    const ada = { projectId, name: 'Ada', entityType: 'person' }
    const first = await graph.addEntity({ ...ada, observations: ['Likes tea'] })
    const again = await graph.addEntity({
      ...ada,
      metadata: { age: 36 },
      observations: ['Likes tea', 'Is tall'],
    })
    expect(again).toMatchObject({ isNew: false, entity: first.entity })
    const { observations } = await graph.observations({ entityId: first.entity.id })
    expect(observations.map(({ content }) => content)).toEqual(['Is tall', 'Likes tea'])
    for (const other of [{ entityType: 'ship' }, { namespace: 'draft' }]) {
      expect((await graph.addEntity({ ...ada, ...other })).isNew).toBe(true)
    }
    const elsewhere = await addProject(database(), 'other')
    expect((await graph.addEntity({ ...ada, projectId: elsewhere })).isNew).toBe(true)
  })

  it('are one for twenty callers at once, with all that they observe', async () => {
    const { graph, projectId } = await openGraph(database())
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        graph.addEntity({
          projectId,
          name: 'Ada',
          entityType: 'person',
          observations: [`Fact ${at}`],
        }),
      ),
    )
    expect(new Set(results.map(({ entity }) => entity.id)).size).toBe(1)
    expect(results.filter(({ isNew }) => isNew)).toHaveLength(1)
    const entityId = results[0]?.entity.id ?? ''
    expect((await graph.observations({ entityId })).observations).toHaveLength(20)
    const { documents } = database().tables
    const texts = await database()
      .query.select({ kind: documents.kind, content: documents.content })
      .from(documents)
    const told = texts.find(({ kind }) => kind === 'entity')
    for (let at = 0; at < 20; at += 1) expect(told?.content.split('\n')).toContain(`Fact ${at}`)
  })

  it('come in batches of any size, in their order, all or none', async () => {
    const { graph, projectId } = await openGraph(database())
    const many = Array.from({ length: 700 }, (_, at) => ({
      projectId,
      name: `thing ${at % 600}`,
      entityType: 'thing',
    }))
    const { results, added, observed } = await graph.addEntities(many)
    expect({ added, observed }).toEqual({ added: 600, observed: 0 })
    expect(results.map(({ entity }) => entity.name)).toEqual(many.map(({ name }) => name))
    const refused = graph.addEntities([
      { projectId, name: 'fine', entityType: 'thing' },
      { projectId, name: '', entityType: 'thing' },
    ])
    await expect(refused).rejects.toThrow('name must not be empty')
    expect((await graph.findEntities({ projectId, name: 'fine' })).entities).toEqual([])
    expect((await graph.addEntities([])).results).toEqual([])
  })

  it('are found by name, type and namespace, the last made first, page by page', async () => {
    const { graph, projectId, clock } = await openGraph(database())
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      await graph.addEntity({ projectId, name, entityType: name === 'c' ? 'odd' : 'thing' })
      clock.advance(1000)
    }
    const names: string[] = []
    let cursor: string | undefined
    do {
      const page = await graph.findEntities({ projectId, limit: 2, cursor })
      names.push(...page.entities.map(({ name }) => name))
      cursor = page.nextCursor
    } while (cursor)
    expect(names).toEqual(['e', 'd', 'c', 'b', 'a'])
    const odd = await graph.findEntities({ projectId, entityType: 'odd' })
    expect(odd.entities.map(({ name }) => name)).toEqual(['c'])
    expect((await graph.findEntities({ projectId, namespace: 'none' })).entities).toEqual([])
    expect((await graph.findEntities({ projectId: 'none' })).entities).toEqual([])
    await expect(graph.findEntities({ projectId, cursor: 'x' })).rejects.toThrow('cursor must be')
  })

  it.each([
    [{ name: '\0' }, 'name must not be empty'],
    [{ name: 'é'.repeat(501) }, 'name must have at most 1000 bytes'],
    [{ entityType: '' }, 'entityType must not be empty'],
    [{ namespace: 'n'.repeat(201) }, 'namespace must have at most 200 bytes'],
    [{ observations: [''] }, 'content must not be empty'],
    [{ metadata: { long: 'x'.repeat(70_000) } }, 'metadata must have at most'],
  ])('refuse what would spoil the graph: %#', async (fields, message) => {
    const { graph, projectId } = await openGraph(database())
    const refused = graph.addEntity({ projectId, name: 'Ada', entityType: 'person', ...fields })
    await expect(refused).rejects.toMatchObject({ code: 'invalid' })
    await expect(refused).rejects.toThrow(message)
  })

  it('need a project that is there', async () => {
    const { graph } = await openGraph(database())
    const lost = graph.addEntity({ projectId: 'none', name: 'Ada', entityType: 'person' })
    await expect(lost).rejects.toMatchObject({ code: 'missing-reference' })
  })

  it('take the longest names in all that is indexed', async () => {
    const { graph, projectId } = await openGraph(database())
    const random = (length: number) =>
      Array.from({ length }, (_, at) => String.fromCodePoint(33 + ((at * 7919) % 90))).join('')
    const longest = { name: random(1000), entityType: random(200), namespace: random(200) }
    expect((await graph.addEntity({ projectId, ...longest })).entity).toMatchObject(longest)
  })

  describe('moving between namespaces', () => {
    it('is logged, and what is known goes along', async () => {
      const { graph, projectId, clock } = await openGraph(database())
      const { entity } = await graph.addEntity({
        projectId,
        name: 'Ada',
        entityType: 'person',
        namespace: 'draft',
        observations: ['Likes green tea'],
      })
      clock.advance(1000)
      const promoted = await graph.promote(entity.id, { namespace: 'team', reason: 'checked' })
      expect(promoted?.entity.namespace).toBe('team')
      expect(promoted?.promotion).toMatchObject({ fromNamespace: 'draft', toNamespace: 'team' })
      expect(await graph.promote(entity.id, { namespace: 'team' })).toEqual({
        entity: promoted?.entity,
      })
      const { promotions } = await graph.promotions({ projectId })
      expect(promotions).toEqual([promoted?.promotion])
      expect(promotions[0]).toMatchObject({ reason: 'checked', promotedAt: clock.now() })
      const search = (namespace: string) =>
        graph.search({ projectId, namespace, query: 'green tea' })
      expect((await search('team')).results).not.toEqual([])
      expect((await search('draft')).results).toEqual([])
    })

    it('is refused where another of that name is, and absent for what is not there', async () => {
      const { graph, projectId } = await openGraph(database())
      const ada = { projectId, name: 'Ada', entityType: 'person' }
      const { entity } = await graph.addEntity(ada)
      await graph.addEntity({ ...ada, namespace: 'team' })
      await expect(graph.promote(entity.id, { namespace: 'team' })).rejects.toMatchObject({
        code: 'conflict',
      })
      expect((await graph.promotions({ projectId })).promotions).toEqual([])
      expect(await graph.promote('none', { namespace: 'team' })).toBeUndefined()
    })
  })

  it('are found at once by name, by what is observed of them, and by type', async () => {
    const { graph, projectId } = await openGraph(database())
    await addNamed(graph, projectId, ['kettle', 'teapot'])
    const { entity } = await graph.addEntity({
      projectId,
      name: 'Ada',
      entityType: 'person',
      observations: ['Moved to Lisbon'],
    })
    const { results } = await graph.search({ projectId, query: 'who lives in Lisbon?' })
    expect(new Set(results.map(({ kind }) => kind))).toEqual(new Set(['entity', 'observation']))
    expect(results.every((result) => result.entity?.id === entity.id)).toBe(true)
    const things = await graph.search({ projectId, query: 'kettle', entityType: 'person' })
    expect(things.results).toEqual([])
    const kinds = await graph.search({ projectId, query: 'Lisbon', kinds: ['observation'] })
    expect(kinds.results.map(({ content }) => content)).toEqual(['Ada: Moved to Lisbon'])
    expect((await graph.search({ projectId: 'none', query: 'Lisbon' })).results).toEqual([])
  })
})
