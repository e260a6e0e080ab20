import { createHashingEmbedder, defineEmbeddingSpace, type Embedder } from '@athena-memory/models'
import { backends } from '@athena-memory/testing'
import { describe, expect, it } from 'vitest'
import type { SearchResult } from '../src/index.ts'
import { makeQuestions, makeTurns } from './corpus.ts'
import { addProjects, openFilledIndex } from './filled-index.ts'

/** What is used where nothing else is configured. */
const hashing = createHashingEmbedder()
/** The same vectors, taken for meaning, so that they weigh most. */
const semantic: Embedder = {
  ...hashing,
  space: defineEmbeddingSpace({ ...hashing.space, model: 'semantic', kind: 'semantic' }),
}

const searchOn = async (backend: (typeof backends)[number], embedder: Embedder) => {
  const database = await backend.open()
  try {
    await addProjects(database, 'here')
    const index = openFilledIndex(database, { embedder })
    await index.add(...makeTurns(500))
    const found: SearchResult[][] = []
    for (const question of makeQuestions(50)) {
      found.push((await index.search(question, { projectId: 'here', limit: 5 })).results)
    }
    return found
  } finally {
    await database.close()
  }
}

const sourcesOf = (results: readonly SearchResult[] = []) => results.map(({ sourceId }) => sourceId)

describe.each([hashing, semantic])('search in a space of kind $space.kind', (embedder) => {
  it('answers alike on every database', async () => {
    const answers: SearchResult[][][] = []
    for (const backend of backends) answers.push(await searchOn(backend, embedder))
    const [reference = [], ...others] = answers
    expect(reference.filter((results) => results.length > 0).length).toBeGreaterThan(45)
    for (const other of others) {
      const sameSets = reference.filter(
        (results, at) =>
          sourcesOf(results).toSorted().join() === sourcesOf(other[at]).toSorted().join(),
      )
      const sameFirst = reference.filter(
        (results, at) => results[0]?.sourceId === other[at]?.[0]?.sourceId,
      )
      expect(sameSets.length).toBeGreaterThanOrEqual(45)
      expect(sameFirst.length).toBeGreaterThanOrEqual(47)
      const differences = reference.flatMap((results, at) =>
        results.flatMap(({ sourceId, semanticSimilarity = 0 }) => {
          const twin = other[at]?.find((result) => result.sourceId === sourceId)
          return twin ? [Math.abs((twin.semanticSimilarity ?? 0) - semanticSimilarity)] : []
        }),
      )
      expect(Math.max(...differences)).toBeLessThan(1e-3)
    }
  })
})
