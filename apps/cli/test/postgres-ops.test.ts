import { createEmptyPostgres, type EmptyPostgres, type PostgresLogin } from '@athena-memory/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prepareBundle } from './cli/bundle.ts'
import { makePlace, type Place, type Run } from './cli/run-athena.ts'

const server = process.env['ATHENA_TEST_POSTGRES_URL'] ?? ''

/** What each level may do beyond those before it. */
const QUERY = ['query', 'explain', 'judge', 'list-tables', 'describe-table', 'health-check']
const EXECUTE = ['execute']
const ALTER = ['schema-alter', 'heal']

let place: Place
beforeAll(async () => {
  await prepareBundle()
  place = await makePlace()
})
afterAll(() => place.remove())

/** The verbs that help names. */
const verbsOf = ({ stdout }: Run): string[] =>
  [...stdout.matchAll(/^ {2}([a-z][a-z-]+) {2,}/gm)].flatMap(([, verb = '']) => verb)

describe('athena postgres', () => {
  const address = 'postgres://reader:hush-hush@db.example.org/shop'

  it('is there by level, from the flag or the environment', async () => {
    const help = async (args: readonly string[], env: Record<string, string> = {}) =>
      verbsOf(await place.athena(['postgres', '--help', ...args], { env }))
    const querying = await help(['--postgres-ops', 'query', '--db', address])
    expect(querying).toEqual(expect.arrayContaining(QUERY))
    for (const verb of [...EXECUTE, 'schema-alter']) expect(querying).not.toContain(verb)
    const executing = await help(['--db', address], { ATHENA_POSTGRES_OPS: 'execute' })
    expect(executing).toEqual(expect.arrayContaining([...QUERY, ...EXECUTE]))
    expect(executing).not.toContain('schema-alter')
    const env = { ATHENA_POSTGRES_OPS: 'alter', ATHENA_POSTGRES_OPS_URL: address }
    expect(await help([], env)).toEqual(expect.arrayContaining([...QUERY, ...EXECUTE, ...ALTER]))
  })

  it('is absent where nothing is granted, and where the database is a file', async () => {
    for (const args of [
      ['--db', address],
      ['--postgres-ops', 'alter', '--db', 'file:memory.db'],
      ['--postgres-ops', 'alter'],
    ]) {
      const { code, stderr } = await place.athena([
        ...args,
        'postgres',
        'query',
        '--sql',
        'select 1',
      ])
      expect([code, stderr]).toEqual([2, expect.stringContaining("unknown command 'postgres'")])
      expect((await place.athena([...args, '--help'])).stdout).not.toMatch(/^ {2}postgres /m)
    }
  })

  it('says which levels there are', async () => {
    const wrong = await place.athena([
      '--postgres-ops',
      'all',
      '--db',
      address,
      'postgres',
      'query',
    ])
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringMatching(/query, execute, alter/)])
    const env = { ATHENA_POSTGRES_OPS: 'all', ATHENA_DATABASE_URL: address }
    const set = await place.athena(['postgres', 'query'], { env })
    expect([set.code, set.stderr]).toEqual([
      2,
      expect.stringContaining('ATHENA_POSTGRES_OPS must be one of query, execute, alter'),
    ])
    for (const { stdout, stderr } of [wrong, set]) expect(stdout + stderr).not.toMatch(/hush/)
  })

  it('tells nothing of the address where nobody answers', async () => {
    const unreachable = 'postgres://reader:hush-hush@127.0.0.1:9/shop'
    const args = ['--postgres-ops', 'query', '--db', unreachable, 'postgres', 'list-tables']
    const { code, stdout, stderr } = await place.athena(args, { env: { ATHENA_DEBUG: '1' } })
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).not.toMatch(/hush/)
  })
})

describe.skipIf(server === '')('athena postgres, on PostgreSQL', () => {
  let database: EmptyPostgres
  let reader: PostgresLogin
  let migrator: PostgresLogin
  beforeAll(async () => {
    database = await createEmptyPostgres(server)
    reader = await database.createLogin()
    migrator = await database.createLogin()
    await database.execute(`create table orders (id int primary key, total numeric);
      insert into orders values (1, 9.50), (2, 20.10); grant select on orders to ${reader.role};
      grant ${new URL(database.url).username} to ${migrator.role}`)
  })
  afterAll(() => database.drop())

  const at = (level: string, { url }: PostgresLogin) => ['--postgres-ops', level, '--db', url]
  const sql = 'select id, total from orders order by id'

  it('reads, with its flags before the verb or after it', async () => {
    const flags = at('query', reader)
    const before = await place.json([...flags, 'postgres', 'query', '--sql', sql])
    expect(before).toMatchObject({
      rows: [
        { id: 1, total: '9.50' },
        { id: 2, total: '20.10' },
      ],
    })
    expect(await place.json(['postgres', 'query', '--sql', sql, ...flags])).toEqual(before)
    const env = { ATHENA_POSTGRES_OPS: 'query', ATHENA_POSTGRES_OPS_URL: reader.url }
    expect(await place.json(['postgres', 'query', '--sql', sql], { env })).toEqual(before)
  })

  it('refuses what its level does not allow', async () => {
    const change = 'update orders set total = 0 where id = 1'
    const asQuery = [...at('query', reader), 'postgres', 'query', '--sql', change]
    const refused = await place.athena(asQuery)
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('does not read')])
    const verb = await place.athena([
      ...at('query', reader),
      'postgres',
      'execute',
      '--sql',
      change,
    ])
    expect([verb.code, verb.stderr]).toEqual([2, expect.stringContaining('unknown command')])
    const ddl = ['postgres', 'schema-alter', '--ddl', 'alter table orders add column note text']
    const asExecute = await place.athena([...at('execute', reader), ...ddl])
    expect([asExecute.code, asExecute.stderr]).toEqual([2, expect.stringContaining('unknown')])
  })

  it('writes and alters where that is granted', async () => {
    const flags = at('alter', migrator)
    const change = 'update orders set total = 10 where id = 1'
    const dry = await place.json([...flags, 'postgres', 'execute', '--sql', change, '--dry-run'])
    expect(dry).toMatchObject({ affectedRows: 1, dryRun: true })
    const ddl = 'alter table orders add column note text'
    const altered = await place.json([...flags, 'postgres', 'schema-alter', '--ddl', ddl])
    expect(altered).toEqual({ applied: true, dryRun: false })
  })

  it('never prints the password', async () => {
    const { password } = new URL(reader.url)
    for (const args of [
      ['postgres', '--help'],
      ['postgres', 'query', '--sql', 'select nonsense'],
      ['postgres', 'query', '--sql', 'drop table orders'],
      ['postgres', 'describe-table', '--table', 'nothing'],
    ]) {
      const env = { ATHENA_DEBUG: '1' }
      const { stdout, stderr } = await place.athena([...at('query', reader), ...args], { env })
      expect(stdout + stderr).not.toContain(password)
    }
  })
})
