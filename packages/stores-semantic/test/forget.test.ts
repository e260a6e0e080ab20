import { newId } from '@athena-memory/db-core'
import { describeEachBackend, tablesWith, type TestDatabase } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import { openSemantic } from './open-semantic.ts'

const derive = async (db: TestDatabase, derived: [string, string], evidence: [string, string]) => {
  const [derivedLayer, derivedId] = derived
  const [evidenceLayer, evidenceId] = evidence
  const rest = { id: newId(), method: 'test', confidence: 1, createdAt: new Date() }
  await db.query
    .insert(db.tables.derivations)
    .values({ ...rest, derivedLayer, derivedId, evidenceLayer, evidenceId })
}

describeEachBackend('forgetting', (database) => {
  it('reaches the end of a long history', async () => {
    const { store, projectId } = await openSemantic(database())
    const { memory } = await store.remember({ projectId, content: 'Version 0' })
    const { query, tables } = database()
    const [row] = await query.select().from(tables.memories)
    if (!row) throw new Error('it was not stored')
    const older = Array.from({ length: 1100 }, (_, at) => ({
      ...row,
      id: `older-${at}`,
      contentHash: `${at}`,
      supersededBy: at === 0 ? memory.id : `older-${at - 1}`,
      supersededAt: row.createdAt,
    }))
    for (let at = 0; at < older.length; at += 100) {
      await query.insert(tables.memories).values(older.slice(at, at + 100))
    }
    expect(await store.forget(memory.id)).toMatchObject({ forgotten: true, memories: 1101 })
    expect(await query.select().from(tables.memories)).toEqual([])
  })

  it('leaves no word of any version in any table, search structure or log', async () => {
    const { store, projectId } = await openSemantic(database())
    const { results } = await store.rememberMany([
      {
        projectId,
        content: 'The zebrafinch sings in Quixotown',
        tags: ['zebrafinch'],
        speaker: 'Zaphodine',
        source: 'zebrafinch.md',
      },
      ...Array.from({ length: 50 }, (_, at) => ({ projectId, content: `Shelf ${at} holds tea` })),
    ])
    const id = results[0]?.memory.id ?? ''
    const next = await store.supersede(id, {
      content: 'The zebrafinch moved to Xanaduville',
      reason: 'Zaphodine said so',
    })
    await store.recall({ projectId, query: 'where is the bird' })
    const words = /zebrafinch|quixotown|xanaduvil|zaphodin/i
    expect(await tablesWith(database(), words)).toContain('memories')
    const receipt = await store.forget(next?.memory.id ?? '')
    expect(receipt).toEqual({
      forgotten: true,
      memories: 2,
      documents: 2,
      embeddings: 2,
      derivations: 0,
      affected: [],
    })
    expect(await tablesWith(database(), words)).toEqual([])
    expect((await store.recall({ projectId, query: 'zebrafinch' })).results).toEqual([])
    expect((await store.recall({ projectId, query: 'tea' })).results).toHaveLength(10)
  })

  it('takes all versions along, given any of them', async () => {
    const { store, projectId } = await openSemantic(database())
    const { memory } = await store.remember({ projectId, content: 'one' })
    const second = await store.supersede(memory.id, { content: 'two' })
    await store.supersede(second?.memory.id ?? '', { content: 'three' })
    expect(await store.forget(memory.id)).toMatchObject({ memories: 3 })
    expect((await store.list({ projectId, includeSuperseded: true })).memories).toEqual([])
  })

  it('of what is not there is a receipt of zeros', async () => {
    const { store, projectId } = await openSemantic(database())
    const { memory } = await store.remember({ projectId, content: 'one' })
    await store.forget(memory.id)
    for (const id of ['none', memory.id]) {
      expect(await store.forget(id)).toEqual({
        forgotten: false,
        memories: 0,
        documents: 0,
        embeddings: 0,
        derivations: 0,
        affected: [],
      })
    }
  })

  it('erases what was derived from it alone, and names what rests on other evidence too', async () => {
    const { store, projectId } = await openSemantic(database())
    const { results } = await store.rememberMany(
      ['ground', 'other ground', 'derived', 'derived twice over', 'mixed'].map((content) => ({
        projectId,
        content,
      })),
    )
    const [ground = '', other = '', derived = '', twice = '', mixed = ''] = results.map(
      ({ memory }) => memory.id,
    )
    const db = database()
    await derive(db, ['semantic', derived], ['semantic', ground])
    await derive(db, ['semantic', twice], ['semantic', derived])
    await derive(db, ['semantic', mixed], ['semantic', ground])
    await derive(db, ['semantic', mixed], ['semantic', other])
    await derive(db, ['procedural', 'p1'], ['semantic', ground])
    await derive(db, ['semantic', ground], ['episodic', 'e1'])
    expect(await store.forget(ground)).toEqual({
      forgotten: true,
      memories: 3,
      documents: 3,
      embeddings: 3,
      derivations: 5,
      affected: [
        { layer: 'procedural', id: 'p1' },
        { layer: 'semantic', id: mixed },
      ],
    })
    const { memories } = await store.list({ projectId })
    expect(memories.map(({ id }) => id).toSorted()).toEqual([other, mixed].toSorted())
  })
})
