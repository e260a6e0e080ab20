import { createHashingEmbedder } from '@athena-memory/models'
import { describeEachBackend, type TestDatabase } from '@athena-memory/testing'
import { beforeEach, describe, expect, it } from 'vitest'
import { addProjects, type FilledIndex, openFilledIndex } from './filled-index.ts'

describeEachBackend('a document index', (database) => {
  describe.each(['always', 'never'] as const)(
    'that keeps documents in memory: %s',
    (keepInMemory) => {
      describeIndex(database, keepInMemory)
    },
  )
})

const describeIndex = (database: () => TestDatabase, keepInMemory: 'always' | 'never') => {
  let index: FilledIndex

  beforeEach(async () => {
    await addProjects(database(), 'here', 'there')
    index = openFilledIndex(database(), { embedder: createHashingEmbedder(), keepInMemory })
  })

  it('finds what shares words with the question, the best first, and nothing else', async () => {
    await index.add(
      'The cat sleeps on the sofa',
      'The cat chased a mouse',
      'Invoices are due in March',
    )
    expect(await index.find('Which mouse did the cat chase?')).toEqual([
      'The cat chased a mouse',
      'The cat sleeps on the sofa',
    ])
  })

  it('finds a document at once, in this index and in another', async () => {
    const other = openFilledIndex(database(), { embedder: createHashingEmbedder(), keepInMemory })
    expect(await other.find('zebra')).toEqual([])
    await index.add('A zebra crossed the road')
    expect(await index.find('zebra')).toEqual(['A zebra crossed the road'])
    expect(await other.find('zebra')).toEqual(['A zebra crossed the road'])
  })

  it('finds a misspelt word by its spelling', async () => {
    await index.add('We deploy on Kubernetes', 'Lunch is at noon')
    expect(await index.find('kuberntes')).toEqual(['We deploy on Kubernetes'])
  })

  it('says of every result why it was found', async () => {
    await index.add({
      content: 'Tea is served at five',
      occurredAt: new Date('2026-02-03T05:06:07.089Z'),
    })
    const { results, notices } = await index.search('when is tea?')
    expect(notices).toEqual([])
    expect(results).toMatchObject([
      {
        layer: 'semantic',
        kind: 'fact',
        projectId: 'here',
        sourceId: 'Tea is served at five',
        keywordRank: 1,
        occurredAt: new Date('2026-02-03T05:06:07.089Z'),
      },
    ])
    expect(results[0]?.semanticSimilarity).toBeGreaterThan(0)
    expect(Object.keys(results[0]?.signals ?? {})).toEqual(
      expect.arrayContaining(['text', 'similarity', 'group', 'role']),
    )
  })

  it('replaces the document of the same layer and source', async () => {
    await index.add({ sourceId: 'a', content: 'The server is in Paris' })
    await index.add(
      { sourceId: 'a', content: 'The server is in Oslo' },
      { sourceId: 'a', layer: 'episodic', content: 'Paris is nice' },
    )
    expect(await index.find('Where is the server?')).toEqual(['The server is in Oslo'])
    expect(await index.find('Paris')).toEqual(['Paris is nice'])
    expect(await index.status()).toMatchObject({ documents: 2, embedded: 2, pending: 0 })
  })

  it('keeps the last of several documents for one source', async () => {
    await index.add(
      { sourceId: 'a', content: 'first draft' },
      { sourceId: 'a', content: 'final draft' },
    )
    expect(await index.find('draft')).toEqual(['final draft'])
  })

  it('erases text, stems and vectors, and says how many', async () => {
    const long = 'The aqueduct carries water. '.repeat(200)
    await index.add(
      { sourceId: 'a', content: long },
      { sourceId: 'b', content: 'The aqueduct leaks' },
    )
    const receipt = await database().transaction((tx) =>
      index.remove(tx, { layer: 'semantic', sourceIds: ['a', 'unknown'] }),
    )
    expect(receipt.documents).toBe(1)
    expect(receipt.embeddings).toBeGreaterThan(1)
    expect(await index.find('aqueduct')).toEqual(['The aqueduct leaks'])
  })

  it('writes nothing when the transaction fails', async () => {
    const prepared = await index.prepare([
      { layer: 'semantic', kind: 'fact', sourceId: 'a', projectId: 'here', content: 'lost words' },
    ])
    const failing = database().transaction(async (tx) => {
      await index.put(tx, prepared)
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await index.find('lost words')).toEqual([])
  })

  describe('filters', () => {
    const day = (date: string) => new Date(`${date}T00:00:00Z`)

    beforeEach(() =>
      index.add(
        { content: 'apple one', projectId: 'there', layer: 'episodic', tags: ['red', 'ripe'] },
        { content: 'apple two', kind: 'event', tags: ['red'], occurredAt: day('2026-01-10') },
        {
          content: 'apple three',
          consolidationState: 'consolidated',
          occurredAt: day('2026-01-20'),
        },
        { content: 'apple four', validFrom: day('2020-01-01'), validUntil: day('2021-01-01') },
      ),
    )

    it('by project, layer, kind and state', async () => {
      expect(await index.find('apple', { projectId: 'there' })).toEqual(['apple one'])
      expect(await index.find('apple', { layers: ['episodic'] })).toEqual(['apple one'])
      expect(await index.find('apple', { kinds: ['event'] })).toEqual(['apple two'])
      expect(await index.find('apple', { consolidationStates: ['consolidated'] })).toEqual([
        'apple three',
      ])
      expect(await index.find('apple', { layers: [] })).toEqual([])
    })

    it('by all tags', async () => {
      expect((await index.find('apple', { tags: ['red'] })).toSorted()).toEqual([
        'apple one',
        'apple two',
      ])
      expect(await index.find('apple', { tags: ['red', 'ripe'] })).toEqual(['apple one'])
      expect(await index.find('apple', { tags: ["' or 1=1 --"] })).toEqual([])
    })

    it('by time', async () => {
      expect(await index.find('apple', { from: day('2026-01-20') })).toEqual(['apple three'])
      expect(await index.find('apple', { to: day('2026-01-20') })).toEqual(['apple two'])
    })

    it('by what is true now, or was then', async () => {
      expect(await index.find('apple four')).not.toContain('apple four')
      expect(await index.find('apple four', { asOf: day('2020-06-01') })).toContain('apple four')
      expect(await index.find('apple four', { asOf: day('2021-01-01') })).not.toContain(
        'apple four',
      )
    })

    it('by number and score', async () => {
      expect(await index.find('apple', { limit: 2 })).toHaveLength(2)
      expect(await index.find('apple', { limit: 0 })).toEqual([])
      expect(await index.find('apple', { minScore: 1000 })).toEqual([])
    })
  })

  describe('signals', () => {
    it('prefer the turns of a speaker whom the question names', async () => {
      await index.add(
        { content: 'I adopted a puppy', speaker: 'Anna', groupId: 'g', position: 0 },
        { content: 'I adopted a puppy too', speaker: 'Bert', groupId: 'h', position: 0 },
      )
      expect((await index.find('What did Bert adopt?'))[0]).toBe('I adopted a puppy too')
      expect((await index.find('What did Anna adopt?'))[0]).toBe('I adopted a puppy')
    })

    it('read a short turn among its neighbours', async () => {
      await index.add(
        { content: 'Where did you hike in July?', groupId: 'g', position: 0 },
        { content: 'Around Triglav', groupId: 'g', position: 1 },
        { content: 'Nothing of the kind', groupId: 'h', position: 0 },
      )
      expect(await index.find('hike')).toEqual(['Where did you hike in July?', 'Around Triglav'])
    })

    it('prefer what the user stated', async () => {
      await index.add(
        { content: 'Your budget could be 500', role: 'assistant' },
        { content: 'My budget will be 900', role: 'user' },
      )
      expect((await index.find('budget'))[0]).toBe('My budget will be 900')
    })

    it('break ties by time, the newest first', async () => {
      const at = (year: number) => new Date(Date.UTC(year, 0))
      await index.add(
        { sourceId: '1', content: 'The code is blue', occurredAt: at(2025) },
        { sourceId: '2', content: 'The code is blue', occurredAt: at(2024) },
      )
      const { results } = await index.search('code')
      expect(results.map(({ sourceId }) => sourceId)).toEqual(['1', '2'])
    })
  })

  describe('any text', () => {
    const texts = [
      '我的猫很可爱',
      '東京タワーに行きました',
      'Zażółć gęślą jaźń w Łodzi',
      'Release 🚀 went out',
    ]

    it('is a question', async () => {
      await index.add(...texts, 'plain text near the river')
      for (const query of [
        '"',
        '*',
        '-',
        '"" OR',
        '()',
        ':',
        "'",
        '\\',
        '\0',
        '',
        '   ',
        '😀',
        '...',
        '^',
        '{}',
      ]) {
        expect({ query, found: await index.find(query) }).toEqual({ query, found: [] })
      }
      expect(await index.find('NEAR("river')).toEqual(['plain text near the river'])
      expect(await index.find('river* -plain: ^text & | ! <->')).toEqual([
        'plain text near the river',
      ])
      expect(await index.find('ri\0ver')).toEqual(['plain text near the river'])
      expect(await index.find(`river ${'unrelated words without end '.repeat(400)}`)).toBeDefined()
    })

    it('is found in its own language', async () => {
      await index.add(...texts)
      expect(await index.find('猫')).toEqual(['我的猫很可爱'])
      expect(await index.find('可爱的猫')).toEqual(['我的猫很可爱'])
      expect(await index.find('東京')).toEqual(['東京タワーに行きました'])
      expect(await index.find('zazolc LODZI')).toEqual(['Zażółć gęślą jaźń w Łodzi'])
      expect(await index.find('release 🚀')).toEqual(['Release 🚀 went out'])
    })

    it('is a document', async () => {
      await index.add(
        '',
        { sourceId: 'nul', content: 'before\0after' },
        '"quoted" AND (NEAR* -x)',
        "it's C++ & node.js_x",
        'a'.repeat(10_000),
      )
      expect(await index.find('c++')).toEqual(["it's C++ & node.js_x"])
      expect(await index.find('quoted')).toEqual(['"quoted" AND (NEAR* -x)'])
    })
  })
}
