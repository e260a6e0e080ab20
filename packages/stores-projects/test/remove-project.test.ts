import { newId, type OpenDatabase } from '@athena-memory/db-core'
import { describeEachBackend } from '@athena-memory/testing'
import { insertSampleRows } from '@athena-memory/testing/sample-rows'
import { count, getTableName } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { createProjectStore } from '../src/project-store.ts'

const at = new Date('2026-01-01T00:00:00Z')

/**
 * A memory with its document, vector and a derivation, as the layers above write them, and a row in
 * every other table. Answers how many rows each table got.
 */
const fill = async (db: OpenDatabase, projectId: string): Promise<Record<string, number>> => {
  const { memories, documents, embeddings, embeddingSpaces, derivations } = db.tables
  const [memoryId, documentId] = [newId(), newId()]
  const times = { createdAt: at, updatedAt: at }
  await db.query.insert(memories).values({
    id: memoryId,
    projectId,
    content: 'Tea is sold by weight',
    contentHash: 'hash',
    memoryType: 'fact',
    domain: 'memory',
    tags: [],
    confidence: 1,
    usefulness: 0.5,
    accessCount: 0,
    consolidationState: 'unconsolidated',
    version: 1,
    trust: 'user',
    ...times,
  })
  await db.query.insert(documents).values({
    id: documentId,
    projectId,
    layer: 'semantic',
    sourceId: memoryId,
    kind: 'fact',
    content: 'Tea is sold by weight',
    tags: [],
    stems: 'tea sold weight',
    pieces: '',
    length: 3,
    ...times,
  })
  await db.query
    .insert(embeddingSpaces)
    .values({
      id: 'space',
      model: 'm',
      revision: '1',
      dimensions: 2,
      documentPrefix: '',
      queryPrefix: '',
      normalisation: 'l2',
      kind: 'lexical',
      createdAt: at,
    })
    .onConflictDoNothing()
  await db.query.insert(embeddings).values({
    spaceId: 'space',
    documentId,
    piece: 0,
    dimensions: 2,
    bits: new Uint8Array([2]),
    vector: new Float32Array([1, 0]),
  })
  await db.query.insert(derivations).values({
    id: newId(),
    derivedLayer: 'semantic',
    derivedId: memoryId,
    evidenceLayer: 'episodic',
    evidenceId: newId(),
    method: 'test',
    confidence: 1,
    createdAt: at,
  })
  const written = ['memories', 'documents', 'embeddings', 'derivations']
  const others = await insertSampleRows(db, projectId, written)
  return Object.fromEntries([...written, ...others].map((table) => [table, 1]))
}

describeEachBackend('removing a project', (database) => {
  it('counts what a project holds', async () => {
    const projects = createProjectStore(database())
    const [shop, other] = [
      await projects.create({ name: 'a' }),
      await projects.create({ name: 'b' }),
    ]
    const everything = await fill(database(), shop.id)
    expect(await projects.stats(shop.id)).toEqual({ rows: everything, documents: { semantic: 1 } })
    expect(await projects.stats(other.id)).toEqual({
      rows: Object.fromEntries(Object.keys(everything).map((table) => [table, 0])),
      documents: {},
    })
  })

  it('erases everything of it, counts that, and leaves other projects whole', async () => {
    const projects = createProjectStore(database())
    const [shop, other] = [
      await projects.create({ name: 'a' }),
      await projects.create({ name: 'b' }),
    ]
    const everything = await fill(database(), shop.id)
    await fill(database(), other.id)
    expect(await projects.remove(shop.id)).toEqual({
      removed: true,
      rows: { projects: 1, ...everything },
    })
    expect(await projects.get(shop.id)).toBeUndefined()
    expect(await projects.stats(other.id)).toMatchObject({ rows: everything })
    for (const table of Object.values(database().tables)) {
      const [row] = await database().query.select({ rows: count() }).from(table)
      expect({ table: getTableName(table), ...row }).toEqual({
        table: getTableName(table),
        rows: 1,
      })
    }
  })
})
