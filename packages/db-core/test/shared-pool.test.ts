import { createEmptyPostgres, describeEachPostgres } from '@athena-memory/testing'
import { sampleProject } from '@athena-memory/testing/sample-rows'
import { asc, sql } from 'drizzle-orm'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Database, type OpenDatabase, parseDatabaseUrl } from '../src/index.ts'
import { openPostgres } from '../src/postgres.ts'

const currentTenant = async ({ query }: Database): Promise<unknown> => {
  const [row] = await query
    .select({ tenant: sql`current_setting('athena.tenant_id', true)` })
    .from(sql`(values (1)) as one`)
  return row?.tenant
}

const names = async ({ query, tables }: Database): Promise<string[]> => {
  const { projects } = tables
  const rows = await query
    .select({ name: projects.name })
    .from(projects)
    .orderBy(asc(projects.name))
  return rows.map(({ name }) => name)
}

const add = async ({ query, tables }: Database, name: string) => {
  await query.insert(tables.projects).values(sampleProject(name))
}

/** Everything that a tenant may do with a connection, failures included. */
const uses: ((db: Database, name: string) => Promise<unknown>)[] = [
  add,
  names,
  (db) => db.read(names),
  (db, name) => db.transaction((tx) => add(tx, name)),
  (db, name) =>
    db.transaction(async (tx) => {
      await add(tx, name)
      throw new Error('mine')
    }),
  (db, name) =>
    db.transaction(async (tx) => {
      await add(tx, name)
      await add(tx, name)
    }),
  (db, name) =>
    db.transaction(async (tx) => {
      await tx
        .transaction(async (nested) => {
          await add(nested, name)
          throw new Error('mine')
        })
        .catch(() => undefined)
    }),
  (db) => db.read((snapshot) => add(snapshot, 'refused')),
  async ({ query }) =>
    query.select({ wrong: sql`no_such_function()` }).from(sql`(values (1)) as one`),
]

/** Two tenants use everything in turns and at once, and never meet. */
const interleave = async (database: OpenDatabase) => {
  const tenants = [await database.forTenant('alpha'), await database.forTenant('beta')]
  const calls = Array.from({ length: 4 }, (_, round) =>
    uses.flatMap((use, index) =>
      tenants.map((view) => async () => {
        await use(view, `${view.tenantId} ${round}-${index}`).catch(() => undefined)
        expect(await currentTenant(view)).toBe(view.tenantId)
        expect(await currentTenant(database)).toBe('default')
      }),
    ),
  ).flat()
  await Promise.all(calls.map((call) => call()))
  for (const view of tenants) {
    const seen = await names(view)
    expect(seen).toHaveLength(8)
    expect(seen.filter((name) => !name.startsWith(view.tenantId))).toEqual([])
  }
  expect(await names(database)).toEqual([])
}

describeEachPostgres('tenants that share connections', (database) => {
  it('never carry a tenant over', async () => {
    await interleave(database())
    expect(database().poolStats()).toMatchObject({ inFlight: 0, waiting: 0 })
  })

  it('leave the setting of the connection as it was', async () => {
    const other = await database().forTenant('alpha')
    for (const use of uses) {
      await use(other, 'name').catch(() => undefined)
      expect(await database().execute("select current_setting('athena.tenant_id')")).toEqual([
        ['default'],
      ])
    }
  })

  it('refuse one tenant inside a transaction of another, whose connection it may need', async () => {
    const other = await database().forTenant('alpha')
    const work = database().transaction(() => names(other))
    await expect(work).rejects.toMatchObject({ code: 'invalid' })
  })

  it('open the same tenant again and again, and close nothing of the others', async () => {
    const other = await database().forTenant('alpha')
    const again = await (await other.forTenant('beta')).forTenant('alpha')
    await add(again, 'same')
    await again.close()
    expect(await names(other)).toEqual(['same'])
    expect(again.location).toBe(database().location)
  })
})

const server = process.env['ATHENA_TEST_POSTGRES_URL'] ?? ''

describe.runIf(server)('a pool of one connection', () => {
  it('never carries a tenant over', async () => {
    const { url, drop } = await createEmptyPostgres(server)
    onTestFinished(drop)
    const config = parseDatabaseUrl(url, { ATHENA_POSTGRES_MAX_SIZE: '1' })
    if (config.type !== 'postgres') throw new Error('not PostgreSQL')
    const database = await openPostgres(config)
    await interleave(database)
    expect(database.poolStats()).toMatchObject({ size: 1, max: 1, inFlight: 0, waiting: 0 })
    await database.close()
  })
})
