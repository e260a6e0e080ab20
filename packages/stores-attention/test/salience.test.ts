import type { Database } from '@athena-memory/db-core'
import { createHashingEmbedder } from '@athena-memory/models'
import { createDocumentIndex } from '@athena-memory/search'
import { countStatements, describeEachBackend } from '@athena-memory/testing'
import { expect, it } from 'vitest'
import { createAttentionStore } from '../src/attention-store.ts'
import { addProject, item, openAttention } from './open-attention.ts'

/** Texts of the semantic layer under their ids, in this order. */
const write = async (db: Database, projectId: string, texts: Readonly<Record<string, string>>) => {
  const documents = createDocumentIndex(db, { embedder: createHashingEmbedder() })
  const prepared = await documents.prepare(
    Object.entries(texts).map(([sourceId, content]) => ({
      layer: 'semantic',
      kind: 'fact',
      tags: [],
      sourceId,
      projectId,
      content,
    })),
  )
  await db.transaction((tx) => documents.put(tx, prepared))
}

describeEachBackend('salience', (database) => {
  it('finds out how unlike the latest texts an item is', async () => {
    const { store, projectId } = await openAttention(database())
    await write(database(), projectId, {
      green: 'The shop sells green tea by weight',
      again: 'The shop sells green tea by weight',
      other: 'Deployments run every night at three',
    })
    const judged = await store.salience({
      projectId,
      items: [item('again'), item('other'), item('none')],
    })
    expect(judged.map(({ id }) => id)).toEqual(['other', 'again', 'none'])
    const [other, again, none] = judged
    expect(again?.parts.novelty).toBeCloseTo(0, 6)
    expect(again?.level).toBe('background')
    expect(other?.parts.novelty).toBeGreaterThan(0.5)
    expect(other?.salience).toBe(other?.parts.novelty)
    expect(none).toEqual({
      ...item('none'),
      salience: undefined,
      level: undefined,
      parts: { novelty: undefined, surprise: undefined, contradiction: undefined },
      inhibition: 0,
    })
  })

  it('adds what the caller knows, and shows inhibition beside it', async () => {
    const { store, projectId } = await openAttention(database())
    await write(database(), projectId, { a: 'green tea', b: 'green tea' })
    await store.inhibit({ projectId, target: item('a'), strength: 0.4 })
    const items = [{ ...item('a'), surprise: 1, contradiction: 0.5 }]
    const [judged] = await store.salience({ projectId, items })
    expect(judged).toMatchObject({ level: 'secondary', inhibition: 0.4 })
    expect(judged?.salience).toBeCloseTo(0.3 + 0.15, 6)
    await expect(
      store.salience({ projectId, items: [{ ...item('a'), surprise: 2 }] }),
    ).rejects.toThrow('surprise must be')
  })

  it('knows nothing of a text that is alone, or of another project', async () => {
    const { store, projectId } = await openAttention(database())
    const other = await addProject(database(), 'other')
    await write(database(), other, { foreign: 'green tea' })
    await write(database(), projectId, { a: 'green tea' })
    const [a, foreign] = await store.salience({ projectId, items: [item('a'), item('foreign')] })
    expect(a?.salience).toBeUndefined()
    expect(foreign?.salience).toBeUndefined()
  })

  it('compares with the latest hundred texts only', async () => {
    const { store, projectId } = await openAttention(database())
    const many = Object.fromEntries(
      Array.from({ length: 100 }, (_, at) => [`m${at}`, `coffee shelf ${at}`]),
    )
    await write(database(), projectId, {
      old: 'green tea leaves',
      ...many,
      new: 'green tea leaves',
    })
    const [judged] = await store.salience({ projectId, items: [item('new')] })
    expect(judged?.parts.novelty).toBeGreaterThan(0.5)
  })

  it('takes as many statements for fifty items as for one', async () => {
    const { projectId } = await openAttention(database())
    const texts = Array.from({ length: 50 }, (_, at) => [`m${at}`, `tea ${at}`] as const)
    await write(database(), projectId, Object.fromEntries(texts))
    const statements = async (count: number) => {
      const counter = { statements: 0 }
      const store = createAttentionStore(countStatements(database(), counter))
      const items = texts.slice(0, count).map(([id]) => item(id))
      expect(await store.salience({ projectId, items })).toHaveLength(count)
      return counter.statements
    }
    expect(await statements(50)).toBe(await statements(1))
  })
})
