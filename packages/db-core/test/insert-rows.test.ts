import { describeEachBackend } from '@athena-memory/testing'
import {
  sampleDocument,
  sampleMemory,
  sampleProject,
  sampleSpace,
} from '@athena-memory/testing/sample-rows'
import { asc } from 'drizzle-orm'
import { expect, it } from 'vitest'

describeEachBackend('insertRows', (database) => {
  it('writes what query.insert writes', async () => {
    const { query, tables } = database()
    const project = sampleProject()
    await database().insertRows(tables.projects, [project])
    const memory = {
      ...sampleMemory(project.id, 'a\0b \ud800'),
      validFrom: new Date('2026-01-02T03:04:05.678Z'),
      tags: ['"', 'ü'],
    }
    await database().insertRows(tables.memories, [memory])
    const [inserted] = await query.delete(tables.memories).returning()
    await query.insert(tables.memories).values(memory)
    const [written] = await query.select().from(tables.memories)
    expect(inserted).toEqual(written)
    expect(inserted?.content).toBe('ab \u{FFFD}')
  })

  it('takes more rows than one statement can, bytes and vectors among them', async () => {
    const { query, tables } = database()
    const project = sampleProject()
    const space = sampleSpace(3)
    const documents = Array.from({ length: 1200 }, () => sampleDocument(project.id))
    await database().transaction(async (tx) => {
      await tx.insertRows(tables.projects, [project])
      await tx.insertRows(tables.embeddingSpaces, [space])
      expect(await tx.insertRows(tables.documents, documents)).toBe(1200)
      const embeddings = documents.slice(0, 5).map(({ id }, piece) => ({
        documentId: id,
        spaceId: space.id,
        piece,
        dimensions: 3,
        bits: Uint8Array.of(piece, 0, 0, 0),
        vector: Float32Array.of(piece, 0.5, -1),
      }))
      expect(await tx.insertRows(tables.embeddings, embeddings)).toBe(5)
    })
    expect(await query.$count(tables.documents)).toBe(1200)
    const { piece, vector, bits } = tables.embeddings
    const [first] = await query.select({ vector, bits }).from(tables.embeddings).orderBy(asc(piece))
    expect(first).toEqual({ vector: Float32Array.of(0, 0.5, -1), bits: Uint8Array.of(0, 0, 0, 0) })
  })

  it('passes over taken keys only when told to, and then says how many it wrote', async () => {
    const { tables } = database()
    const [one, other] = [sampleProject('one'), sampleProject('other')]
    expect(await database().insertRows(tables.projects, [one])).toBe(1)
    await expect(database().insertRows(tables.projects, [other, one])).rejects.toMatchObject({
      code: 'conflict',
    })
    const written = database().insertRows(tables.projects, [other, one], { passOverTaken: true })
    expect(await written).toBe(1)
    expect(await database().insertRows(tables.projects, [])).toBe(0)
  })

  it('is refused outside of the transaction that is open', async () => {
    const { tables } = database()
    await database().transaction(async () => {
      await expect(database().insertRows(tables.projects, [sampleProject()])).rejects.toMatchObject(
        {
          code: 'invalid',
        },
      )
    })
  })
})
