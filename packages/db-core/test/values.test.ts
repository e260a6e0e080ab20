import { describeEachBackend } from '@athena-memory/testing'
import {
  sampleDocument,
  sampleMemory,
  sampleProject,
  sampleSpace,
} from '@athena-memory/testing/sample-rows'
import { asc, eq } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { newId } from '../src/index.ts'

const runs = { numRuns: 40 }

describeEachBackend('values', (database) => {
  const roundTrip = async (changes: Partial<ReturnType<typeof sampleProject>>) => {
    const { query, tables } = database()
    const row = { ...sampleProject(), ...changes }
    await query.insert(tables.projects).values(row)
    const [found] = await query.select().from(tables.projects).where(eq(tables.projects.id, row.id))
    return found
  }

  it('come back in every column as they were written', async () => {
    const { query, tables } = database()
    const project = {
      ...sampleProject(),
      path: '/a/ö',
      language: null,
      description: '',
      settings: { deep: [1, 'two', null, { three: true }] },
      lastAccessedAt: new Date('1969-12-31T23:59:59.999Z'),
    }
    const memory = { ...sampleMemory(project.id), confidence: 1 / 3, accessCount: 2 ** 31 - 1 }
    await query.insert(tables.projects).values(project)
    await query.insert(tables.memories).values(memory)
    expect(await query.select().from(tables.projects)).toEqual([
      { tenantId: 'default', ...project },
    ])
    expect(await query.select().from(tables.memories)).toEqual([
      {
        tenantId: 'default',
        lastAccessedAt: null,
        lastRetrievedAt: null,
        supersededBy: null,
        supersededAt: null,
        supersededReason: null,
        validFrom: null,
        validUntil: null,
        source: null,
        ...memory,
      },
    ])
  })

  it('of text lose NUL and halves of surrogate pairs, and nothing else', async () => {
    const written = 'a\0b \u{D800}c\u{DC00} 😀 "\'\\ é 漢 \u{FFFF} \r\n'
    const stored = 'ab \u{FFFD}c\u{FFFD} 😀 "\'\\ é 漢 \u{FFFF} \r\n'
    expect(await roundTrip({ name: written })).toMatchObject({ name: stored })
    expect(await roundTrip({ settings: { '😀': [written] } })).toMatchObject({
      settings: { '😀': [stored] },
    })
  })

  it('of text are found by what was written, unstorable characters included', async () => {
    const { query, tables } = database()
    await query.insert(tables.projects).values(sampleProject('a\0b'))
    const found = await query.select().from(tables.projects).where(eq(tables.projects.name, 'a\0b'))
    expect(found).toHaveLength(1)
  })

  it('of any well-formed text are kept', async () => {
    const storable = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'))
    await fc.assert(
      fc.asyncProperty(storable, async (text) => {
        const name = `${newId()}${text}`
        expect((await roundTrip({ name }))?.name).toBe(name)
      }),
      runs,
    )
  })

  it('of any JSON are kept, with keys that no database could store made storable', async () => {
    const storable = fc
      .jsonValue({ stringUnit: 'grapheme' })
      .filter((value) => !JSON.stringify(value).includes(String.raw`\u0000`))
    await fc.assert(
      fc.asyncProperty(storable, async (value) => {
        const plain: unknown = JSON.parse(JSON.stringify(value))
        expect((await roundTrip({ settings: { value: plain } }))?.settings).toEqual({
          value: plain,
        })
      }),
      runs,
    )
    expect((await roundTrip({ settings: { 'a\0b\u{D800}': 1 } }))?.settings).toEqual({
      'ab\u{FFFD}': 1,
    })
  })

  it('of time are kept to the millisecond', async () => {
    const instants = fc.date({
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    })
    await fc.assert(
      fc.asyncProperty(instants, async (instant) => {
        expect((await roundTrip({ createdAt: instant }))?.createdAt).toEqual(instant)
      }),
      runs,
    )
  })

  it('of vectors and bytes are kept bit by bit', async () => {
    const { query, tables } = database()
    const project = sampleProject()
    const document = sampleDocument(project.id)
    const space = sampleSpace(3)
    await query.insert(tables.projects).values(project)
    await query.insert(tables.documents).values(document)
    await query.insert(tables.embeddingSpaces).values(space)
    const floats = fc
      .float32Array({ minLength: 1, maxLength: 50, noNaN: true })
      .filter((vector) => vector.every(Number.isFinite))
    const extremes: [Float32Array<ArrayBuffer>, Uint8Array<ArrayBuffer>] = [
      Float32Array.of(-0, 1.4e-45, -3.4028234663852886e38),
      Uint8Array.of(0, 255),
    ]
    let piece = 0
    await fc.assert(
      fc.asyncProperty(floats, fc.uint8Array({ maxLength: 50 }), async (vector, bits) => {
        const row = { spaceId: space.id, documentId: document.id, piece: (piece += 1) }
        const inserted = { ...row, dimensions: vector.length, bits, vector }
        await query.insert(tables.embeddings).values(inserted)
        const [found] = await query
          .select()
          .from(tables.embeddings)
          .where(eq(tables.embeddings.piece, piece))
        const bitsOf = (values: Float32Array | undefined) =>
          values && [...new Uint32Array(values.slice().buffer)]
        expect(bitsOf(found?.vector)).toEqual(bitsOf(vector))
        expect([...(found?.bits ?? [])]).toEqual([...bits])
      }),
      { numRuns: 100, examples: [extremes] },
    )
    const numbers = await query
      .select({ rowNumber: tables.embeddings.rowNumber })
      .from(tables.embeddings)
      .orderBy(asc(tables.embeddings.rowNumber))
    expect(new Set(numbers.map(({ rowNumber }) => rowNumber)).size).toBe(piece)
  })

  it('that are no numbers are refused in a vector, wherever it is stored', async () => {
    const { query, tables } = database()
    const wrong = [Float32Array.of(1, NaN), Float32Array.of(Infinity), new Float32Array()]
    for (const vector of wrong) {
      const row = { spaceId: 's', documentId: 'd', piece: 0, dimensions: 1, bits: new Uint8Array() }
      await expect(
        (async () => query.insert(tables.embeddings).values({ ...row, vector }))(),
      ).rejects.toMatchObject({ code: 'invalid', message: expect.stringContaining('vector') })
    }
  })
})
