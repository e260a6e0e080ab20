import { type Database, newId } from '@athena-memory/db-core'
import {
  insertSampleRows,
  sampleDocument,
  sampleMemory,
  sampleProject,
  sampleSpace,
} from '@athena-memory/testing/sample-rows'

const now = new Date('2026-01-02T03:04:05.678Z')

/** Rows in every table and a telling value in every kind of column; answers how many rows. */
export const fillDatabase = async (database: Database): Promise<Record<string, number>> => {
  const project = {
    ...sampleProject('Zoë\'s "project" \\ 漢字 😀\r\n'),
    path: '/home/zoë',
    description: '',
    settings: {
      b: [1, 'two', null, { three: true }],
      a: { '': 1e21, __proto__x: -0.5, ключ: '😀' },
      tiny: 5e-324,
    },
    lastAccessedAt: new Date('1969-12-31T23:59:59.999Z'),
  }
  // The newer version has the smaller id, so that the reference points backwards.
  const newer = {
    ...sampleMemory(project.id),
    confidence: 1 / 3,
    validUntil: new Date('9999-12-31T23:59:59.999Z'),
  }
  const oldest = { ...sampleMemory(project.id), supersededBy: newer.id, supersededAt: now }
  const middle = { ...sampleMemory(project.id), supersededBy: oldest.id, supersededAt: now }
  const document = { ...sampleDocument(project.id), position: -3, importance: 1e-300, tags: ['é'] }
  const space = sampleSpace(4)
  const derivation = {
    id: newId(),
    derivedLayer: 'semantic',
    derivedId: newer.id,
    evidenceLayer: 'semantic',
    evidenceId: oldest.id,
    evidenceSpan: { start: 0, end: 7 },
    method: 'merge',
    confidence: 1,
    createdAt: now,
  }
  const vectors = [
    Float32Array.of(1 / 3, -0, 1.17549435e-38, 3.4028235e38),
    Float32Array.of(1e-45, 16_777_217, -1, 0),
  ]
  const embeddings = vectors.map((vector, piece) => ({
    spaceId: space.id,
    documentId: document.id,
    piece,
    dimensions: vector.length,
    bits: Uint8Array.of(0, 255, 128, piece),
    vector,
  }))
  await database.transaction(async ({ query, tables }) => {
    await query.insert(tables.projects).values([project, sampleProject('plain')])
    await query.insert(tables.memories).values([newer, oldest, middle])
    await query.insert(tables.documents).values([document, sampleDocument(project.id)])
    await query.insert(tables.embeddingSpaces).values(space)
    await query.insert(tables.embeddings).values(embeddings)
    await query.insert(tables.derivations).values(derivation)
  })
  const others = await insertSampleRows(database, project.id, ['memories', 'documents'])
  return {
    ...Object.fromEntries(others.map((table) => [table, 1])),
    projects: 2,
    memories: 3,
    documents: 2,
    embedding_spaces: 1,
    embeddings: 2,
    derivations: 1,
  }
}
