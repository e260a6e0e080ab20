import { newId } from '@athena-memory/db-core'
import { describeEachBackend, tablesWith, type TestDatabase } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import { createGraphStore } from '../src/index.ts'
import { addNamed, openGraph, relateAll } from './open-graph.ts'

const derive = async (db: TestDatabase, derived: [string, string], evidence: [string, string]) => {
  const [derivedLayer, derivedId] = derived
  const [evidenceLayer, evidenceId] = evidence
  const rest = { id: newId(), method: 'test', confidence: 1, createdAt: new Date() }
  await db.query
    .insert(db.tables.derivations)
    .values({ ...rest, derivedLayer, derivedId, evidenceLayer, evidenceId })
}

const NOTHING = {
  forgotten: false,
  entities: 0,
  observations: 0,
  relations: 0,
  summaries: 0,
  documents: 0,
  embeddings: 0,
  derivations: 0,
  affected: [],
}

describeEachBackend('forgetting', (database) => {
  it('leaves no word of an entity in any table, search structure or log', async () => {
    const { graph, projectId } = await openGraph(database())
    const idOf = await addNamed(graph, projectId, ['a', 'b', 'c', 'd'])
    await relateAll(graph, idOf, 'a-b b-c a-c c-d')
    const { entity } = await graph.addEntity({
      projectId,
      name: 'Zebrafinch',
      entityType: 'xanaduvillian',
      metadata: { quixotown: 'zaphodine' },
      observations: ['Sings in quixotown'],
    })
    for (const name of ['a', 'b', 'c']) {
      const relationType = 'quixotown'
      await graph.relate({ fromId: entity.id, toId: idOf(name), relationType })
    }
    const { observations } = await graph.observations({ entityId: entity.id })
    await graph.supersedeObservation(observations[0]?.id ?? '', { content: 'Moved to zaphodine' })
    await graph.promote(entity.id, { namespace: 'xanaduvillage', reason: 'zaphodine said so' })
    await graph.detectCommunities({ projectId })
    const { communities } = await graph.communities({ projectId })
    for (const { id } of communities) await graph.summarizeCommunity(id)
    const words = /zebrafinch|quixotown|xanaduvil|zaphodin/i
    const holding = ['entities', 'observations', 'relations', 'communities', 'documents']
    expect(await tablesWith(database(), words)).toEqual(expect.arrayContaining(holding))
    const receipt = await graph.removeEntity(entity.id)
    expect(receipt).toMatchObject({
      forgotten: true,
      entities: 1,
      observations: 2,
      relations: 3,
      summaries: 1,
      affected: [],
    })
    expect(receipt.documents).toBe(4)
    expect(receipt.embeddings).toBe(4)
    expect(await tablesWith(database(), words)).toEqual([])
    expect(await graph.getEntity(entity.id)).toBeUndefined()
    const { communities: left } = await graph.communities({ projectId })
    expect(left.reduce((sum, { memberCount }) => sum + memberCount, 0)).toBe(4)
    expect((await graph.search({ projectId, query: 'zebrafinch quixotown' })).results).toEqual([])
    expect((await graph.search({ projectId, query: 'a thing' })).results).not.toEqual([])
  })

  it('of an observation takes all that led to it, and its entity tells of it no more', async () => {
    const { graph, projectId } = await openGraph(database())
    const { entity } = await graph.addEntity({
      projectId,
      name: 'Ada',
      entityType: 'person',
      observations: ['Likes zebrafinches', 'Is tall'],
    })
    const { observations } = await graph.observations({ entityId: entity.id })
    const first = observations.find(({ content }) => content.startsWith('Likes'))
    const next = await graph.supersedeObservation(first?.id ?? '', {
      content: 'Keeps zebrafinches',
    })
    expect(await graph.forget(next?.observation.id ?? '')).toMatchObject({
      forgotten: true,
      entities: 0,
      observations: 2,
      documents: 2,
      embeddings: 2,
    })
    expect(await tablesWith(database(), /zebrafin/i)).toEqual([])
    const { results } = await graph.search({ projectId, query: 'who is tall?', kinds: ['entity'] })
    expect(results.map(({ content }) => content)).toEqual(['Ada (person)\nIs tall'])
  })

  it('of a relation or a summary takes that alone', async () => {
    const { graph, projectId } = await openGraph(database())
    const idOf = await addNamed(graph, projectId, ['a', 'b', 'c'])
    const [tie] = await relateAll(graph, idOf, 'a-b b-c a-c')
    await graph.detectCommunities({ projectId })
    const { communities } = await graph.communities({ projectId })
    const id = communities[0]?.id ?? ''
    const summaryOf = async () => (await graph.communities({ projectId })).communities[0]?.summary
    await graph.summarizeCommunity(id)
    const forgotten = await graph.forget(tie?.relation.id ?? '')
    expect(forgotten).toMatchObject({ relations: 1, summaries: 1, entities: 0, documents: 1 })
    expect(await summaryOf()).toBeUndefined()
    await graph.summarizeCommunity(id)
    expect(await graph.forget(id)).toMatchObject({ relations: 0, summaries: 1, documents: 1 })
    expect(await summaryOf()).toBeUndefined()
    expect((await graph.communityMembers({ communityId: id })).entities).toHaveLength(3)
  })

  it('of what is not there is a receipt of zeros', async () => {
    const { graph, projectId } = await openGraph(database())
    const { entity } = await graph.addEntity({ projectId, name: 'Ada', entityType: 'person' })
    const { observation } = await graph.observe({ entityId: entity.id, content: 'Is tall' })
    expect(await graph.removeEntity(observation.id)).toEqual(NOTHING)
    await graph.forget(entity.id)
    for (const id of ['none', entity.id, observation.id]) {
      expect(await graph.forget(id)).toEqual(NOTHING)
    }
  })

  it('erases what was derived from it alone, and names what rests on other evidence too', async () => {
    const { graph, projectId } = await openGraph(database())
    const { entity } = await graph.addEntity({ projectId, name: 'Ada', entityType: 'person' })
    const observed = await graph.observeMany(
      ['ground', 'other ground', 'derived', 'derived twice', 'mixed'].map((content) => ({
        entityId: entity.id,
        content,
      })),
    )
    const [ground = '', other = '', derived = '', twice = '', mixed = ''] = observed.results.map(
      ({ observation }) => observation.id,
    )
    const db = database()
    await derive(db, ['graph', derived], ['graph', ground])
    await derive(db, ['graph', twice], ['graph', derived])
    await derive(db, ['graph', mixed], ['graph', ground])
    await derive(db, ['graph', mixed], ['graph', other])
    await derive(db, ['procedural', 'p1'], ['graph', ground])
    await derive(db, ['graph', ground], ['episodic', 'e1'])
    expect(await graph.forget(ground)).toMatchObject({
      observations: 3,
      documents: 3,
      derivations: 5,
      affected: [
        { layer: 'graph', id: mixed },
        { layer: 'procedural', id: 'p1' },
      ],
    })
    const { observations } = await graph.observations({ entityId: entity.id })
    expect(observations.map(({ id }) => id).toSorted()).toEqual([other, mixed].toSorted())
  })

  it('reaches the end of a long history', async () => {
    const { graph, projectId } = await openGraph(database())
    const { entity } = await graph.addEntity({ projectId, name: 'Ada', entityType: 'person' })
    const { observation } = await graph.observe({ entityId: entity.id, content: 'Version 0' })
    const { query, tables } = database()
    const [row] = await query.select().from(tables.observations)
    if (!row) throw new Error('it was not stored')
    const older = Array.from({ length: 1100 }, (_, at) => ({
      ...row,
      id: `older-${at}`,
      contentHash: `${at}`,
      supersededBy: at === 0 ? observation.id : `older-${at - 1}`,
      supersededAt: row.createdAt,
    }))
    for (let at = 0; at < older.length; at += 100) {
      await query.insert(tables.observations).values(older.slice(at, at + 100))
    }
    expect(await graph.forget(observation.id)).toMatchObject({ observations: 1101 })
    expect(await query.select().from(tables.observations)).toEqual([])
  })

  it('is undone with the transaction that it is part of', async () => {
    const { graph, projectId, documents } = await openGraph(database())
    const { entity } = await graph.addEntity({ projectId, name: 'Ada', entityType: 'person' })
    const failure = new Error('changed my mind')
    const work = database().transaction(async (tx) => {
      await createGraphStore(tx, { documents }).forget(entity.id)
      throw failure
    })
    await expect(work).rejects.toBe(failure)
    expect(await graph.getEntity(entity.id)).toEqual(entity)
  })
})
