import { newId } from '@athena-memory/db-core'
import { describeEachBackend, tablesWith } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import { minute, openEpisodic } from './open-episodic.ts'

describeEachBackend('forgetting an event', (database) => {
  it('leaves no word of it in any table, search structure or log', async () => {
    const { store, projectId } = await openEpisodic(database())
    const { results } = await store.recordMany([
      {
        projectId,
        content: 'The zebrafinch sings in Quixotown',
        learned: 'Zebrafinches sing at dawn',
        files: ['zebrafinch.md'],
        symbols: ['zebrafinch'],
        task: 'zebrafinch',
        code: { diff: '+ zebrafinch', author: 'Zaphodine' },
      },
      ...Array.from({ length: 50 }, (_, at) => ({ projectId, content: `Filled shelf ${at}` })),
    ])
    const [id = '', other = ''] = results.map(({ episode }) => episode.id)
    await store.relate({ fromId: id, toId: other, relationType: 'zebrafinch' })
    await store.addMetric({ episodeId: id, name: 'zebrafinch', value: 1 })
    const db = database()
    const derivation = { id: newId(), method: 'test', confidence: 1, createdAt: minute(0) }
    await db.query.insert(db.tables.derivations).values({
      ...derivation,
      derivedLayer: 'semantic',
      derivedId: 'm1',
      evidenceLayer: 'episodic',
      evidenceId: id,
    })
    const words = /zebrafinch|quixotown|zaphodin/i
    expect(await tablesWith(db, words)).toEqual(
      expect.arrayContaining(['episodes', 'episode_files', 'episode_symbols', 'documents']),
    )
    expect(await store.forget(id)).toEqual({
      forgotten: true,
      episodes: 1,
      relations: 1,
      metrics: 1,
      documents: 1,
      embeddings: 1,
      derivations: 1,
      affected: [{ layer: 'semantic', id: 'm1' }],
    })
    expect(await tablesWith(db, words)).toEqual([])
    expect(await tablesWith(db, new RegExp(id))).toEqual([])
    expect((await store.search({ projectId, query: 'zebrafinch' })).results).toEqual([])
    expect((await store.search({ projectId, query: 'shelf' })).results).toHaveLength(10)
  })

  it('of what is not there is a receipt of zeros', async () => {
    const { store, projectId } = await openEpisodic(database())
    const { episode } = await store.record({ projectId, content: 'one' })
    await store.forget(episode.id)
    for (const id of ['none', episode.id]) {
      expect(await store.forget(id)).toEqual({
        forgotten: false,
        episodes: 0,
        relations: 0,
        metrics: 0,
        documents: 0,
        embeddings: 0,
        derivations: 0,
        affected: [],
      })
    }
  })
})
