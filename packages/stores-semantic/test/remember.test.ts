import { createDocumentIndex } from '@athena-memory/search'
import { describeEachBackend } from '@athena-memory/testing'
import { describe, expect, it } from 'vitest'
import { createSemanticStore } from '../src/semantic-store.ts'
import { addProject, DAY_MS, openSemantic } from './open-semantic.ts'

describeEachBackend('remembering', (database) => {
  it('gives back everything that was said, with defaults for the rest', async () => {
    const { store, projectId, clock } = await openSemantic(database())
    const validUntil = new Date('2027-01-01T00:00:00Z')
    const { memory, isDuplicate, redactions, notices } = await store.remember({
      projectId,
      content: 'The shop closes at six',
      memoryType: 'decision',
      domain: 'planning',
      tags: ['hours', 'shop', 'hours'],
      confidence: 0.8,
      validUntil,
      source: 'docs/shop.md#hours',
      trust: 'user',
    })
    expect({ isDuplicate, redactions, notices }).toEqual({
      isDuplicate: false,
      redactions: 0,
      notices: [],
    })
    expect(memory).toEqual({
      id: expect.any(String),
      projectId,
      content: 'The shop closes at six',
      memoryType: 'decision',
      domain: 'planning',
      tags: ['hours', 'shop'],
      confidence: 0.8,
      usefulness: expect.closeTo(0.45),
      accessCount: 0,
      consolidationState: 'unconsolidated',
      version: 1,
      validUntil,
      source: 'docs/shop.md#hours',
      trust: 'user',
      createdAt: clock.now(),
      updatedAt: clock.now(),
    })
    expect(await store.get(memory.id)).toEqual(memory)
    const plain = await store.remember({ projectId, content: 'Tea is sold by weight' })
    expect(plain.memory).toMatchObject({
      memoryType: 'fact',
      domain: 'memory',
      tags: [],
      confidence: 1,
      trust: 'agent',
    })
    expect(await store.get('none')).toBeUndefined()
  })

  it('makes fresh memories visible to recall at once', async () => {
    const { store, projectId } = await openSemantic(database())
    const { memory } = await store.remember({ projectId, content: 'Tea is sold by weight' })
    const { results } = await store.recall({ projectId, query: 'how is tea sold?' })
    expect(results.map(({ id }) => id)).toEqual([memory.id])
    expect(results[0]).toMatchObject({ consolidationState: 'unconsolidated' })
  })

  describe.each([true, false])('the same again, with vectors: %s', (embeds) => {
    it('gives the memory that is there', async () => {
      const { store, projectId } = await openSemantic(database(), { embeds })
      const first = await store.remember({ projectId, content: 'Tea is sold by weight' })
      const again = await store.remember({
        projectId,
        content: 'Tea is sold by weight',
        tags: ['x'],
      })
      expect(again).toMatchObject({ isDuplicate: true, memory: first.memory })
      expect((await store.list({ projectId })).memories).toHaveLength(1)
    })

    it('is another memory in another project', async () => {
      const { store, projectId } = await openSemantic(database(), { embeds })
      const other = await addProject(database(), 'other')
      const first = await store.remember({ projectId, content: 'Tea is sold by weight' })
      const second = await store.remember({ projectId: other, content: 'Tea is sold by weight' })
      expect(second.isDuplicate).toBe(false)
      expect(second.memory.id).not.toBe(first.memory.id)
    })

    it('is one memory for twenty callers at once', async () => {
      const { store, projectId } = await openSemantic(database(), { embeds })
      const results = await Promise.all(
        Array.from({ length: 20 }, () => store.remember({ projectId, content: 'Tea is sold' })),
      )
      expect(new Set(results.map(({ memory }) => memory.id)).size).toBe(1)
      expect(results.filter(({ isDuplicate }) => !isDuplicate)).toHaveLength(1)
      expect((await store.list({ projectId })).memories).toHaveLength(1)
    })

    it('is true again when it had expired, as a new version', async () => {
      const { store, projectId, clock } = await openSemantic(database(), { embeds })
      const content = 'Tea is on sale'
      const validUntil = new Date(clock.now().getTime() + DAY_MS)
      const first = await store.remember({ projectId, content, validUntil })
      clock.advance(2 * DAY_MS)
      expect((await store.recall({ projectId, query: 'tea sale' })).results).toEqual([])
      const again = await store.remember({ projectId, content })
      expect(again).toMatchObject({ isDuplicate: false, memory: { version: 2 } })
      const { results } = await store.recall({ projectId, query: 'tea sale' })
      expect(results.map(({ id }) => id)).toEqual([again.memory.id])
      const asOf = first.memory.createdAt
      const before = await store.recall({ projectId, query: 'tea sale', asOf })
      expect(before.results.map(({ id }) => id)).toEqual([first.memory.id])
    })

    it('is told from what is new in one batch', async () => {
      const { store, documents, projectId, clock } = await openSemantic(database(), { embeds })
      const validUntil = new Date(clock.now().getTime() + DAY_MS)
      const known = await store.remember({ projectId, content: 'known' })
      await store.remember({ projectId, content: 'expired', validUntil })
      clock.advance(2 * DAY_MS)
      const { results } = await store.rememberMany(
        ['new', 'known', 'expired', 'new'].map((content) => ({ projectId, content })),
      )
      expect(results.map(({ isDuplicate }) => isDuplicate)).toEqual([false, true, false, true])
      expect(results.map(({ memory }) => memory.version)).toEqual([1, 1, 2, 1])
      expect(results[1]?.memory).toEqual(known.memory)
      expect((await store.list({ projectId })).memories).toHaveLength(3)
      expect(await documents.status()).toMatchObject({ documents: 4, pending: 0 })
    })
  })

  it('knows what was true once when it is told so again', async () => {
    const { store, projectId, clock } = await openSemantic(database())
    const validUntil = new Date(clock.now().getTime() - DAY_MS)
    const past = { projectId, content: 'Tea was on sale', validUntil }
    const first = await store.remember(past)
    expect(await store.remember(past)).toEqual({ ...first, isDuplicate: true })
  })

  it('keeps twenty different things that are said at once', async () => {
    const { store, projectId } = await openSemantic(database())
    const contents = Array.from({ length: 20 }, (_, index) => `Shelf ${index} holds tea`)
    await Promise.all(contents.map((content) => store.remember({ projectId, content })))
    const { memories } = await store.list({ projectId, limit: 100 })
    expect(memories.map(({ content }) => content).toSorted()).toEqual(contents.toSorted())
  })

  describe('many things', () => {
    it('answers in their order and counts duplicates, of the batch and of before', async () => {
      const { store, projectId } = await openSemantic(database())
      const known = await store.remember({ projectId, content: 'two' })
      const { results, duplicates } = await store.rememberMany(
        ['one', 'two', 'three', 'one'].map((content) => ({ projectId, content })),
      )
      expect(duplicates).toBe(2)
      expect(results.map(({ memory }) => memory.content)).toEqual(['one', 'two', 'three', 'one'])
      expect(results.map(({ isDuplicate }) => isDuplicate)).toEqual([false, true, false, true])
      expect(results[1]?.memory.id).toBe(known.memory.id)
      expect(results[3]?.memory.id).toBe(results[0]?.memory.id)
      expect(await store.rememberMany([])).toEqual({ results: [], duplicates: 0, notices: [] })
    })

    it('takes more than one statement can hold', async () => {
      const { projectId } = await openSemantic(database())
      const documents = createDocumentIndex(database())
      const store = createSemanticStore(database(), { documents })
      const many = Array.from({ length: 1200 }, (_, at) => ({ projectId, content: `Item ${at}` }))
      const { results, duplicates } = await store.rememberMany(many)
      expect({ stored: results.length, duplicates }).toEqual({ stored: 1200, duplicates: 0 })
      expect(await documents.status()).toMatchObject({ documents: 1200 })
      expect((await store.rememberMany(many)).duplicates).toBe(1200)
    })

    it('keeps none of them when one is refused', async () => {
      const { store, projectId } = await openSemantic(database())
      const batch = [
        { projectId, content: 'one' },
        { projectId, content: '  ' },
      ]
      await expect(store.rememberMany(batch)).rejects.toThrow('content must not be empty')
      const lost = [
        { projectId, content: 'one' },
        { projectId: 'none', content: 'two' },
      ]
      await expect(store.rememberMany(lost)).rejects.toMatchObject({ code: 'missing-reference' })
      expect((await store.list({ projectId })).memories).toEqual([])
    })
  })

  it.each([
    [{ content: '' }, 'content must not be empty'],
    [{ content: ' \n\t' }, 'content must not be empty'],
    [{ content: '\0' }, 'content must not be empty'],
    [{ content: 'é'.repeat(600_000) }, 'at most 1 MiB'],
    [{ confidence: 1.1 }, 'confidence must be from 0 to 1'],
    [{ confidence: Number.NaN }, 'confidence must be from 0 to 1'],
    [{ validFrom: new Date(2000), validUntil: new Date(2000) }, 'validFrom must be before'],
  ])('refuses what would spoil the memory: %#', async (fields, message) => {
    const { store, projectId } = await openSemantic(database())
    const refused = store.remember({ projectId, content: 'Tea', ...fields })
    await expect(refused).rejects.toMatchObject({ code: 'invalid' })
    await expect(refused).rejects.toThrow(message)
  })

  it('keeps a text of 1 MiB, and any text without NUL as it is', async () => {
    const { store, projectId } = await openSemantic(database())
    const long = 'word '.repeat(209_715)
    const odd = `"quotes" 'and' $1 ? :x \u{1F375} \\ %_ \u200B\u0301`
    for (const content of [long, odd]) {
      const { memory } = await store.remember({ projectId, content })
      expect((await store.get(memory.id))?.content).toBe(content)
    }
    const first = await store.remember({ projectId, content: 'a\0b' })
    expect(first.memory.content).toBe('ab')
    expect((await store.remember({ projectId, content: 'ab' })).isDuplicate).toBe(true)
  })

  describe('secrets', () => {
    const token = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`

    it('are cut out of contents, sources and reasons unless told otherwise', async () => {
      const { store, projectId } = await openSemantic(database())
      const { memory, redactions } = await store.remember({
        projectId,
        content: `Deploy with ${token}`,
        source: `https://x?t=${token}`,
      })
      expect(redactions).toBe(2)
      expect(memory).toMatchObject({
        content: 'Deploy with [redacted secret]',
        source: 'https://x?t=[redacted secret]',
      })
      const changed = await store.update(memory.id, { source: `see ${token}` })
      expect(changed?.source).toBe('see [redacted secret]')
      const next = await store.supersede(memory.id, { content: 'Deploy', reason: `was ${token}` })
      expect(next?.previous.supersededReason).toBe('was [redacted secret]')
    })

    it('are refused or kept by policy', async () => {
      const db = database()
      const strict = await openSemantic(db, { secretPolicy: 'refuse' })
      const { projectId, documents } = strict
      const secret = { projectId, content: `Deploy with ${token}` }
      await expect(strict.store.remember(secret)).rejects.toThrow('content holds a key')
      const open = createSemanticStore(db, { documents, secretPolicy: 'allow' })
      expect((await open.remember(secret)).memory.content).toBe(secret.content)
    })
  })

  it('is undone with the transaction that it is part of', async () => {
    const { store, projectId, documents } = await openSemantic(database())
    const failure = new Error('changed my mind')
    const work = database().transaction(async (tx) => {
      await createSemanticStore(tx, { documents }).remember({ projectId, content: 'Tea is sold' })
      throw failure
    })
    await expect(work).rejects.toBe(failure)
    expect((await store.list({ projectId })).memories).toEqual([])
    expect((await store.recall({ projectId, query: 'tea' })).results).toEqual([])
  })
})
