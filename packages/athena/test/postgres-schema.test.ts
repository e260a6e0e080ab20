import { createPostgresEngine, migratePostgres } from '@athena-memory/db-core/postgres'
import { readSchema } from '@athena-memory/postgres-ops'
import { createEmptyPostgres, createPgliteDriver, openPglite } from '@athena-memory/testing'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Athena, openAthena } from '../src/index.ts'

const server = process.env['ATHENA_TEST_POSTGRES_URL']

it('is what the migrations make', async () => {
  const client = await openPglite()
  onTestFinished(() => client.close())
  await migratePostgres(createPostgresEngine(createPgliteDriver(client)))
  const query = async (sql: string, params: readonly (string | null)[] = []) => {
    const { rows } = await client.query<[string | null]>(sql, [...params], {
      rowMode: 'array',
    })
    return rows.map(([value]) => value)
  }
  const read = await readSchema({ query }, ['public'])
  // Those of the search functions' owner are there only where an administrator granted that role.
  const tables = read.map(({ policies, ...table }) => ({
    ...table,
    policies: policies.filter(({ name }) => !name.endsWith('_definer')),
  }))
  const applied = await query('select hash from athena_migrations order by hash')
  const lines = (values: readonly (string | null)[]) => `String.raw\`\n${values.join('\n')}\n\``
  await expect(`// Made from the migrations by "pnpm schema:postgres".

/** The tables, one JSON object a line. */
export const TABLES = ${lines(tables.map((table) => JSON.stringify(table)))}

/** The hashes of the migrations. */
export const APPLIED = ${lines(applied)}
`).toMatchFileSnapshot('../src/postgres-tables.ts')
})

describe.skipIf(server === undefined)('a PostgreSQL that holds a memory', () => {
  const open = async (level: 'query' | 'alter') => {
    const database = await createEmptyPostgres(server ?? '')
    const login = await database.createLogin()
    const env = { ATHENA_POSTGRES_OPS_URL: login.url }
    const athena = await openAthena({ database: database.url, env, postgresOps: level })
    const owner = new URL(database.url).username
    await database.execute(`grant select on all tables in schema public to ${login.role};
      ${level === 'alter' ? `grant ${owner} to ${login.role}` : ''}`)
    onTestFinished(async () => {
      await athena.close()
      await database.drop()
    })
    return { athena, database }
  }

  const drifts = async ({ operations }: Athena): Promise<string[]> => {
    const { findings } = await operations.call('postgres.health-check', {})
    const found: { check: string; subject: string }[] = JSON.parse(JSON.stringify(findings))
    return found
      .filter(({ check }) => /^missing-|^pending/.test(check))
      .map(({ check, subject }) => `${check} ${subject}`)
  }

  it('has no drift when it is new, and tells of what somebody removed', async () => {
    const { athena, database } = await open('query')
    expect(await drifts(athena)).toEqual([])
    await database.execute(`drop index memories_superseded_by_idx;
      alter table memories drop column confidence;
      drop policy entities_tenant on entities;
      alter table episodes disable row level security;
      alter table documents no force row level security;
      delete from athena_migrations where hash = (select max(hash) from athena_migrations)`)
    expect(await drifts(athena)).toEqual([
      'missing-column "public"."memories"."confidence"',
      'missing-policy "entities_tenant" on "public"."entities"',
      'missing-row-security "public"."documents"',
      'missing-row-security "public"."episodes"',
      'pending-migrations athena_migrations',
      'missing-index "memories_superseded_by_idx" on "public"."memories"',
    ])
  })

  it('gets back what was removed, and is told how to get back who sees what', async () => {
    const { athena, database } = await open('alter')
    await database.execute(
      'drop index memories_superseded_by_idx; drop policy entities_tenant on entities',
    )
    const healed = await athena.operations.call('postgres.heal', { apply: true })
    expect(healed).toMatchObject({
      attempts: [
        { subject: expect.stringContaining('memories_superseded_by_idx'), status: 'mended' },
        {
          subject: expect.stringContaining('entities_tenant'),
          status: 'blocked',
          statements: [
            expect.stringMatching(/^create policy "entities_tenant" on "public"."entities" as/),
          ],
        },
      ],
    })
    const [, { statements = [] } = {}]: { statements?: string[] }[] = JSON.parse(
      JSON.stringify(healed['attempts']),
    )
    for (const sql of statements) await database.execute(sql)
    expect(await drifts(athena)).toEqual([])
  })

  it('is not expected where there is no memory', async () => {
    const database = await createEmptyPostgres(server ?? '')
    const { url } = await database.createLogin()
    const env = { ATHENA_POSTGRES_OPS_URL: url }
    const memory = await createEmptyPostgres(server ?? '')
    const athena = await openAthena({ database: memory.url, env, postgresOps: 'query' })
    onTestFinished(async () => {
      await athena.close()
      await memory.drop()
      await database.drop()
    })
    expect(await drifts(athena)).toEqual([])
  })
})
