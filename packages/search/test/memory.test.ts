import { EventEmitter, once } from 'node:events'
import { createHashingEmbedder, defineEmbeddingSpace, type Embedder } from '@athena-memory/models'
import { backends, describeEachBackend } from '@athena-memory/testing'
import { sampleDocument } from '@athena-memory/testing/sample-rows'
import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { encodePieces } from '../src/analysis/pieces.ts'
import type { KeepInMemory } from '../src/documents/candidates.ts'
import { makeQuestions, makeTurns } from './corpus.ts'
import { addProjects, openFilledIndex } from './filled-index.ts'
import { meanings } from './meanings.ts'

const hashing = createHashingEmbedder()
/** The same vectors, taken for meaning: they weigh most. */
const ofMeaning: Embedder = {
  ...hashing,
  space: defineEmbeddingSpace({ ...hashing.space, kind: 'semantic' }),
}

/** The same, but for the rounding of 32-bit floats. */
const roughly = (value: unknown): unknown => {
  if (typeof value === 'number') return expect.closeTo(value, 5)
  if (Array.isArray(value)) return value.map(roughly)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, roughly(part)]))
}

describeEachBackend('documents kept in memory', (database) => {
  beforeEach(() => addProjects(database(), 'here', 'there'))

  const open = (keepInMemory: KeepInMemory, embedder: Embedder = hashing) =>
    openFilledIndex(database(), { embedder, keepInMemory })

  it.each([hashing, ofMeaning])(
    'are found and scored as in the database ($space.kind)',
    async (embedder) => {
      const [memory, disk] = [open('always', embedder), open('never', embedder)]
      await memory.add(...makeTurns(300))
      for (const question of makeQuestions(30)) {
        const found = await memory.search(question, { projectId: 'here', limit: 20 })
        expect({ question, found: found.results.length > 0 }).toEqual({ question, found: true })
        const onDisk = await disk.search(question, { projectId: 'here', limit: 20 })
        expect(found).toEqual(roughly(onDisk))
      }
    },
  )

  it('follow every change, by whomever', async () => {
    const [reader, writer] = [open('always'), open('never')]
    for (const round of [1, 2, 3]) {
      await writer.add(
        { sourceId: 'a', content: `apple number${round}` },
        { sourceId: 'b', content: `banana number${round}` },
      )
      expect(await reader.find('apple')).toEqual([`apple number${round}`])
      await database().transaction((tx) =>
        writer.remove(tx, { layer: 'semantic', sourceIds: ['b'] }),
      )
      expect(await reader.find('banana')).toEqual([])
    }
    const { documents } = database().tables
    const ended = { validUntil: new Date('2020-01-01T00:00:00Z') }
    await database().query.update(documents).set(ended).where(eq(documents.sourceId, 'a'))
    expect(await reader.find('apple')).toEqual([])
  })

  it('are read from the database where they are too long to be kept', async () => {
    const index = open('always')
    const long = 'A very long text about nothing at all. '.repeat(110_000)
    await index.add({ sourceId: 'long', content: `${long} tayberry` }, 'a tayberry')
    expect(new Set(await index.find('tayberry'))).toEqual(
      new Set([`${long} tayberry`, 'a tayberry']),
    )
  })

  it('are found by vectors that were made after they were written', async () => {
    const [reader, writer] = [open('always', meanings), open('never', meanings)]
    await openFilledIndex(database()).add('My automobile broke down', 'Soup with leek')
    expect(await reader.find('vehicle')).toEqual([])
    await writer.embedPending()
    expect(await reader.find('vehicle')).toEqual(['My automobile broke down'])
  })

  it('lose the vectors of a model that is used no more', async () => {
    const [reader, writer] = [open('always', meanings), open('never', ofMeaning)]
    await reader.add('My automobile broke down', 'Soup with leek')
    expect(await reader.find('vehicle')).toEqual(['My automobile broke down'])
    await writer.embedPending()
    expect(await reader.find('vehicle')).toEqual([])
  })

  it('lose what goes with its project', async () => {
    const index = open('always')
    await index.add({ content: 'pear one', projectId: 'there' }, { content: 'pear two' })
    expect(await index.find('pear')).toHaveLength(2)
    const { projects } = database().tables
    await database().query.delete(projects).where(eq(projects.id, 'there'))
    expect(await index.find('pear')).toEqual(['pear two'])
  })

  it('are those of the transaction inside one, and of the rest after it was undone', async () => {
    const index = open('auto')
    await index.add('plum at home')
    for (const _ of [1, 2, 3]) expect(await index.find('plum')).toEqual(['plum at home'])
    const undone = database().transaction(async (tx) => {
      const inside = openFilledIndex(tx, { embedder: hashing })
      await inside.add('plum abroad')
      for (const _ of [1, 2, 3, 4]) expect(await inside.find('plum')).toHaveLength(2)
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect(await index.find('plum')).toEqual(['plum at home'])
  })

  it('are read anew when the log no longer holds what was missed', async () => {
    const [reader, writer] = [open('always'), open('never')]
    await writer.add('quince here')
    expect(await reader.find('quince')).toEqual(['quince here'])
    await writer.add({ sourceId: 'new', content: 'quince there' })
    // What trimming leaves: the last change only.
    await writer.add('medlar')
    await database().executeAsOwner(
      'delete from document_log where sequence < (select max(sequence) from document_log)',
    )
    expect((await reader.find('quince')).toSorted()).toEqual(['quince here', 'quince there'])
  })

  it('survive that most of them are erased', async () => {
    const index = openFilledIndex(database(), { keepInMemory: 'always' })
    await index.add(...makeTurns(1500), 'a lonely kumquat')
    const [question = ''] = makeQuestions(1)
    const erased = makeTurns(1500).flatMap(({ sourceId, content }) => sourceId ?? content)
    await database().transaction((tx) =>
      index.remove(tx, { layer: 'semantic', sourceIds: erased.slice(0, 1400) }),
    )
    const left = new Set(await index.find(question, { limit: 50 }))
    expect(await index.find('kumquat')).toEqual(['a lonely kumquat'])
    const onDisk = openFilledIndex(database(), { keepInMemory: 'never' })
    expect(left).toEqual(new Set(await onDisk.find(question, { limit: 50 })))
  })
})

describe.runIf(backends.some(({ name }) => name === 'postgres'))('on a PostgreSQL server', () => {
  it('what commits late is seen, although later work was seen before', async () => {
    const database = await backends.find(({ name }) => name === 'postgres')?.open()
    if (database === undefined) throw new Error('there is a server')
    onTestFinished(() => database.close())
    await addProjects(database, 'here')
    const reader = openFilledIndex(database, { keepInMemory: 'always' })
    const moments = new EventEmitter()
    const begun = once(moments, 'begun')
    const late = database.transaction(async (tx) => {
      const slow = { ...sampleDocument('here', 'fig slow'), pieces: encodePieces([[0, 1]]) }
      await tx.query.insert(tx.tables.documents).values(slow)
      moments.emit('begun')
      await once(moments, 'finish')
    })
    await begun
    await openFilledIndex(database).add('fig quick')
    expect(await reader.find('fig')).toEqual(['fig quick'])
    moments.emit('finish')
    await late
    expect((await reader.find('fig')).toSorted()).toEqual(['fig quick', 'fig slow'])
  })
})
