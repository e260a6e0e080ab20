import { createHashingEmbedder, defineEmbeddingSpace, type Embedder } from '@athena-memory/models'
import { describeEachPostgres } from '@athena-memory/testing'
import { sql } from 'drizzle-orm'
import { beforeEach, expect, it } from 'vitest'
import { EXACT_UNTIL } from '../src/vectors/similarity.ts'
import { makeTurns } from './corpus.ts'
import { addProjects, openFilledIndex } from './filled-index.ts'

const hashing = createHashingEmbedder({ dimensions: 256 })
/** Of meaning, so that its vectors are always asked. */
const embedder: Embedder = {
  ...hashing,
  space: defineEmbeddingSpace({ ...hashing.space, kind: 'semantic' }),
}

describeEachPostgres('a search as the application', (database) => {
  beforeEach(async () => {
    await addProjects(database(), 'here')
    // Documents make the collection large; few vectors are enough for a graph.
    await openFilledIndex(database()).add(...makeTurns(EXACT_UNTIL + 1))
    const index = openFilledIndex(database(), { embedder })
    await index.add('An ocelot hides in the garden', 'Soup with leek', 'A rainy day')
    await database().executeAsOwner('analyze documents')
    await database().executeAsOwner('analyze embeddings')
  })

  it('uses the index of full text and the graph of vectors', async () => {
    const names = ['documents_terms_idx', 'embeddings_vector_256_idx']
    await database().read(async (snapshot) => {
      const found = await openFilledIndex(snapshot, { embedder }).find(
        'Where does the ocelot hide?',
      )
      expect(found[0]).toBe('An ocelot hides in the garden')
      for (const name of names) {
        // What really ran in this transaction, inside functions too.
        const [row] = await snapshot.query
          .select({ scans: sql`pg_stat_get_xact_numscans(${name}::regclass)`.mapWith(Number) })
          .from(sql`(select 1) as one`)
        expect({ name, isUsed: (row?.scans ?? 0) > 0 }).toEqual({ name, isUsed: true })
      }
    })
  })
})
