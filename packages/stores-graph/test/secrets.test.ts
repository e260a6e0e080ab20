import { describeEachBackend, tablesWith } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import { createGraphStore } from '../src/index.ts'
import { openGraph } from './open-graph.ts'

// Put together here, so that this file holds nothing that looks like a secret.
const token = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`
const words = /a1B2c3D4/i
const cut = '[redacted secret]'

describeEachBackend('secrets in the graph', (database) => {
  const content = `Deploys with TOKEN=${token}`
  const metadata = { env: [{ value: token }] }

  it('are cut out of all that is known, and counted', async () => {
    const { graph, projectId } = await openGraph(database())
    const observations = [content, `${content.slice(0, -1)}Z`, 'Is tall']
    const named = { projectId, name: 'Ada', entityType: 'person' }
    const { entity, redactions } = await graph.addEntity({ ...named, metadata, observations })
    expect(redactions).toBe(3)
    expect(entity.metadata).toEqual({ env: [{ value: cut }] })
    const known = await graph.observations({ entityId: entity.id })
    expect(known.observations.map((each) => each.content).toSorted()).toEqual([
      `Deploys with TOKEN=${cut}`,
      'Is tall',
    ])
    const seen = { entityId: entity.id, content, source: `https://x?t=${token}` }
    const { observation, ...rest } = await graph.observe(seen)
    expect(rest).toMatchObject({ isNew: false, redactions: 2 })
    const many = await graph.observeMany([seen, { ...seen, content: `Uses ${token}` }])
    expect(many.results).toMatchObject([
      { isNew: false, redactions: 2 },
      { isNew: true, redactions: 2, observation: { source: `https://x?t=${cut}` } },
    ])
    const next = { content: `Kept ${token}`, source: token }
    expect(await graph.supersedeObservation(observation.id, next)).toMatchObject({
      redactions: 2,
      observation: { content: `Kept ${cut}`, source: cut },
    })
    const other = await graph.addEntity({ ...named, name: 'Bob' })
    const ends = { fromId: entity.id, toId: other.entity.id, relationType: 'knows' }
    expect(await graph.relate({ ...ends, metadata })).toMatchObject({
      redactions: 1,
      relation: { metadata: { env: [{ value: cut }] } },
    })
    const promoted = await graph.promote(entity.id, { namespace: 'team', reason: token })
    expect(promoted?.promotion?.reason).toBe(cut)
    await graph.detectCommunities({ projectId })
    const { communities } = await graph.communities({ projectId })
    for (const { id } of communities) await graph.summarizeCommunity(id)
    expect(await tablesWith(database(), words)).toEqual([])
  })

  it('are cut out of files, and by policy the lines that hold them are left out', async () => {
    const { graph, documents, projectId } = await openGraph(database())
    const line = { type: 'entity', name: 'Ada', entityType: 'person', observations: [content] }
    const text = [line, { ...line, name: 'Bob', observations: ['Is tall'] }]
      .map((each) => JSON.stringify(each))
      .join('\n')
    const strict = createGraphStore(database(), { documents, secretPolicy: 'refuse' })
    const refused = await strict.importJsonl({ projectId, text })
    expect(refused).toMatchObject({ entities: 1, redactions: 0, problems: [{ line: 1 }] })
    expect(JSON.stringify(refused)).not.toMatch(words)
    expect(await graph.importJsonl({ projectId, text })).toMatchObject({
      entities: 1,
      observations: 1,
      redactions: 1,
      problems: [],
    })
    expect(await tablesWith(database(), words)).toEqual([])
  })

  it('are refused or kept by policy', async () => {
    const { graph, documents, projectId } = await openGraph(database(), { secretPolicy: 'refuse' })
    const named = { projectId, name: 'Ada', entityType: 'person' }
    const { entity } = await graph.addEntity({ ...named, observations: ['Is tall'] })
    const entityId = entity.id
    const [observation] = (await graph.observations({ entityId })).observations
    const refused = [
      () => graph.addEntity({ ...named, name: 'Bob', metadata }),
      () => graph.addEntity({ ...named, name: 'Bob', observations: [content] }),
      () => graph.observe({ entityId, content }),
      () => graph.supersedeObservation(observation?.id ?? '', { content }),
      () => graph.relate({ fromId: entityId, toId: entityId, relationType: 'is', metadata }),
      () => graph.promote(entityId, { namespace: 'team', reason: token }),
    ]
    for (const attempt of refused) await expect(attempt).rejects.toThrow('holds a key, token or')
    expect(await tablesWith(database(), words)).toEqual([])
    const open = createGraphStore(database(), { documents, secretPolicy: 'allow' })
    expect((await open.observe({ entityId, content })).observation.content).toBe(content)
  })
})
