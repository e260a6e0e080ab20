import { createHashingEmbedder, type Embedder } from '@athena-memory/models'
import { describeEachBackend } from '@athena-memory/testing'
import { beforeEach, expect, it } from 'vitest'
import { EXACT_UNTIL } from '../src/vectors/similarity.ts'
import { makeTurns } from './corpus.ts'
import { addProjects, openFilledIndex } from './filled-index.ts'
import { meanings } from './meanings.ts'

const offline = (embedder: Embedder): Embedder => ({
  ...embedder,
  isLocal: false,
  embed: async () => {
    throw new Error('the model does not answer')
  },
})

describeEachBackend('embeddings', (database) => {
  const hashing = createHashingEmbedder()

  beforeEach(() => addProjects(database(), 'here'))

  it('find by meaning what shares no word with the question', async () => {
    const index = openFilledIndex(database(), { embedder: meanings })
    await index.add('My automobile broke down', 'The hound barked all night', 'Soup with leek')
    expect(await index.find('car')).toEqual(['My automobile broke down'])
    const { results } = await index.search('car')
    expect(results[0]?.semanticSimilarity).toBeCloseTo(1, 3)
    expect(results[0]?.keywordRank).toBeUndefined()
  })

  it('are not needed to store and find', async () => {
    const index = openFilledIndex(database(), { embedder: offline(hashing) })
    const [prepared] = await index.prepare([
      { layer: 'semantic', kind: 'fact', sourceId: 'a', projectId: 'here', content: 'blue whale' },
    ])
    expect(prepared?.notice).toContain('the model does not answer')
    await index.add('blue whale')
    const { results, notices } = await index.search('whale')
    expect(results.map(({ content }) => content)).toEqual(['blue whale'])
    expect(notices).toEqual([expect.stringContaining('the model does not answer')])
    expect(await index.status()).toMatchObject({ documents: 1, embedded: 0, pending: 1 })
  })

  it('are made later, some at a time', async () => {
    const failing = openFilledIndex(database(), { embedder: offline(hashing) })
    await failing.add('one apple', 'two apples', 'three apples')
    const index = openFilledIndex(database(), { embedder: hashing })
    expect(await index.embedPending({ limit: 2 })).toEqual({ embedded: 2, remaining: 1 })
    expect(await index.embedPending({ limit: 2 })).toEqual({ embedded: 1, remaining: 0 })
    expect(await index.embedPending()).toEqual({ embedded: 0, remaining: 0 })
    expect(await index.find('aplpe threee')).toEqual(expect.arrayContaining(['three apples']))
    await expect(failing.embedPending()).resolves.toEqual({ embedded: 0, remaining: 0 })
  })

  it('are made anew for another embedder, and text is found meanwhile', async () => {
    const before = openFilledIndex(database(), { embedder: hashing })
    await before.add('My automobile broke down', 'The hound barked all night')
    const after = openFilledIndex(database(), { embedder: meanings })
    expect(await after.status()).toMatchObject({ embedded: 0, pending: 2, space: meanings.space })
    expect(await after.find('hound')).toEqual(['The hound barked all night'])
    expect(await after.find('car')).toEqual([])
    await after.embedPending()
    expect(await after.find('car')).toEqual(['My automobile broke down'])
    const { embeddings } = database().tables
    const rows = await database().query.select({ spaceId: embeddings.spaceId }).from(embeddings)
    expect(new Set(rows.map(({ spaceId }) => spaceId))).toEqual(new Set([meanings.space.id]))
  })

  it('of every piece of a long text count', async () => {
    const index = openFilledIndex(database(), { embedder: meanings })
    const filler = 'Nothing of interest was said in this sentence. '.repeat(60)
    await index.add(`${filler} The storm came at dawn. ${filler}`, 'Soup with leek')
    const [found] = await index.find('weather')
    expect(found).toContain('storm')
  })

  it('reach a filter that few documents pass', async () => {
    const index = openFilledIndex(database(), { embedder: meanings })
    const many = Array.from({ length: 600 }, (_, at) => ({ sourceId: `car ${at}`, content: 'car' }))
    await index.add(
      ...many,
      { content: 'an automobile', kind: 'rare' },
      { content: 'soup', kind: 'rare' },
    )
    expect(await index.find('vehicle', { kinds: ['rare'] })).toEqual(['an automobile'])
  })

  it('are right after other indexes have written and erased', async () => {
    // So many that vectors are not compared one by one.
    await openFilledIndex(database()).add(...makeTurns(EXACT_UNTIL + 1))
    const [reader, writer] = [
      openFilledIndex(database(), { embedder: meanings }),
      openFilledIndex(database(), { embedder: meanings }),
    ]
    for (let round = 0; round < 10; round++) {
      await writer.add({ sourceId: 'it', content: `automobile ${round}` })
      expect(await reader.find('vehicle')).toEqual([`automobile ${round}`])
      await database().transaction((tx) =>
        writer.remove(tx, { layer: 'semantic', sourceIds: ['it'] }),
      )
      expect(await reader.find('vehicle')).toEqual([])
    }
  })
})
