import { createHashingEmbedder, defineEmbeddingSpace, type Embedder } from '@athena-memory/models'
import type { Database } from '@athena-memory/db-core'
import { backends, describeEachPostgres, type TestDatabase } from '@athena-memory/testing'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeTurns } from './corpus.ts'
import { addProjects, openFilledIndex } from './filled-index.ts'
import { meanings } from './meanings.ts'

const scansOf = (name: string) =>
  sql`coalesce(pg_stat_get_xact_numscans(${name}::regclass), 0)`.mapWith(Number)

/** How often graph, full text and table were scanned meanwhile: what really ran, inside functions too. */
const watchScans = async ({ query }: Database, work: () => Promise<unknown>) => {
  const count = async () => {
    const [row] = await query
      .select({
        graph: scansOf('embeddings_code_256_idx'),
        text: scansOf('documents_terms_idx'),
        table: scansOf('embeddings'),
      })
      .from(sql`(select 1) as one`)
    return row ?? { graph: 0, text: 0, table: 0 }
  }
  const before = await count()
  await work()
  const { graph, text, table } = await count()
  return { graph: graph - before.graph, text: text - before.text, table: table - before.table }
}

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
    await openFilledIndex(database()).add(...makeTurns(1001))
    const index = openFilledIndex(database(), { embedder })
    await index.add('An ocelot hides in the garden', 'Soup with leek', 'A rainy day')
    await database().executeAsOwner('analyze documents')
    await database().executeAsOwner('analyze embeddings')
  })

  it('uses the index of full text and the graph of vectors', async () => {
    await database().read(async (snapshot) => {
      const scans = await watchScans(snapshot, async () => {
        const index = openFilledIndex(snapshot, { embedder })
        const [first] = await index.find('Where does the ocelot hide?')
        expect(first).toBe('An ocelot hides in the garden')
      })
      expect(scans.text).toBeGreaterThan(0)
      expect(scans.graph).toBeGreaterThan(0)
    })
  })
})

/** Anywhere, but for texts that mean something. */
const scattered: Embedder = {
  ...meanings,
  embed: async (texts, options) => {
    const known = await meanings.embed(texts, options)
    return texts.map((text, at) =>
      /automobile|vehicle/.test(text) ? (known[at] ?? new Float32Array()) : somewhere(),
    )
  },
}

const somewhere = (): Float32Array => Float32Array.from({ length: 256 }, () => Math.random() - 0.5)

const automobiles = Array.from({ length: 10 }, (_, at) => `automobile ${at}`)

/** Documents of a tenant, ten of which are automobiles. */
const fillTenant = async (database: TestDatabase, tenant: string, documents: number) => {
  const db = await database.forTenant(tenant)
  await addProjects(db, 'here')
  const index = openFilledIndex(db, { embedder: scattered })
  const others = Array.from({ length: documents - automobiles.length }, (_, at) => `text ${at}`)
  await index.add(...others, ...automobiles)
}

const tenants = { large: 17_950, middle: 2050, small: 50 }

describe.each(backends.filter(({ name }) => name === 'postgres'))(
  'among 20,050 vectors on $name',
  (backend) => {
    let database: TestDatabase

    beforeAll(async () => {
      database = await backend.open()
      // Filled as a whole, a graph takes a third of the time.
      const graph = 'embeddings_code_256_idx'
      const [[definition] = []] = await database.executeAsOwner(
        `select pg_get_indexdef('${graph}'::regclass)`,
      )
      await database.executeAsOwner(`drop index ${graph}`)
      for (const [tenant, documents] of Object.entries(tenants)) {
        await fillTenant(database, tenant, documents)
      }
      await database.executeAsOwner(String(definition))
    }, 120_000)
    afterAll(() => database.close())

    const searchAs = async (tenant: string) => {
      const db = await database.forTenant(tenant)
      return db.read(async (snapshot) => {
        let found: string[] = []
        const scans = await watchScans(snapshot, async () => {
          found = await openFilledIndex(snapshot, { embedder: scattered }).find('vehicle')
        })
        return { ...scans, found: found.toSorted() }
      })
    }

    it.each(['before the planner knows anything', 'after it was told'])(
      'every tenant finds its nearest, %s, and never by a scan of the table',
      async (moment) => {
        if (moment === 'after it was told') await database.executeAsOwner('analyze')
        for (const tenant of Object.keys(tenants)) {
          expect(await searchAs(tenant)).toMatchObject({ found: automobiles, table: 0 })
        }
      },
    )

    it('the graph is walked for many documents, and not for few', async () => {
      expect((await searchAs('large')).graph).toBeGreaterThan(0)
      expect((await searchAs('small')).graph).toBe(0)
    })
  },
)
