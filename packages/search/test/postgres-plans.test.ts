import { defineEmbeddingSpace, createHashingEmbedder, type Embedder } from '@athena-memory/models'
import { describeEachPostgres } from '@athena-memory/testing'
import { beforeAll, beforeEach, expect, it } from 'vitest'
import { EXACT_UNTIL } from '../src/vectors/nearest-on-postgres.ts'
import { makeTurns } from './corpus.ts'
import { addProjects, openFilledIndex } from './filled-index.ts'

const small = createHashingEmbedder({ dimensions: 256 })
const embedder: Embedder = {
  ...small,
  space: defineEmbeddingSpace({ ...small.space, kind: 'semantic' }),
}

describeEachPostgres('plans of the application', (database) => {
  beforeEach(async () => {
    await addProjects(database(), 'here')
    await openFilledIndex(database(), { embedder }).add(...makeTurns(EXACT_UNTIL + 500))
    await database().executeAsOwner('analyze documents')
    await database().executeAsOwner('analyze embeddings')
  })

  const explain = async (sql: string) => {
    const rows = await database().execute(`explain ${sql}`)
    return rows.map(([line]) => String(line)).join('\n')
  }

  it('find stems by the index of full text', async () => {
    const plan = await explain(
      "select row_number from documents where terms @@ athena_stem_query('telescop')",
    )
    expect(plan).toContain('x')
  })
})
