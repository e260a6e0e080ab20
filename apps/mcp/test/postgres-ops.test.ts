import type { Client } from '@modelcontextprotocol/client'
import { createEmptyPostgres, type EmptyPostgres, type PostgresLogin } from '@athena-memory/testing'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { prepareBundle } from './mcp/bundle.ts'
import { connectStdio, textOf } from './mcp/clients.ts'
import { makePlace, startProgram } from './mcp/place.ts'

const server = process.env['ATHENA_TEST_POSTGRES_URL'] ?? ''
const foreign = 'postgres://reader:hush-hush@db.example.org/shop'

beforeAll(prepareBundle)

/** A client of a program with these settings. */
const open = async (
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Client> => {
  const place = await makePlace(env)
  const client = await connectStdio(place, { args })
  onTestFinished(async () => {
    await client.close()
    await place.remove()
  })
  return client
}

const toolsOf = async (client: Client): Promise<string[]> =>
  (await client.listTools()).tools
    .map(({ name }) => name)
    .filter((name) => name.startsWith('postgres_'))

const full = ['--profile', 'full']

describe('the operations on a PostgreSQL', () => {
  it('are tools by level, from the flag or the environment', async () => {
    const querying = await toolsOf(
      await open([...full, '--postgres-ops', 'query', '--db', foreign]),
    )
    expect(querying).toEqual(expect.arrayContaining(['postgres_query', 'postgres_health_check']))
    expect(querying).not.toContain('postgres_execute')
    const executing = await toolsOf(
      await open([...full, '--db', foreign], { ATHENA_POSTGRES_OPS: 'execute' }),
    )
    expect(executing).toContain('postgres_execute')
    expect(executing).not.toContain('postgres_schema_alter')
    const env = { ATHENA_POSTGRES_OPS: 'alter', ATHENA_POSTGRES_OPS_URL: foreign }
    expect(await toolsOf(await open(full, env))).toContain('postgres_schema_alter')
  })

  it('are absent where nothing is granted, and where the memory is a file', async () => {
    expect(await toolsOf(await open([...full, '--db', foreign]))).toEqual([])
    const file = ['--db', 'file:memory.db', '--postgres-ops', 'alter']
    expect(await toolsOf(await open([...full, ...file]))).toEqual([])
  })

  it('are refused by the name of the setting where there is no such level', async () => {
    const place = await makePlace()
    onTestFinished(place.remove)
    const wrong = startProgram(place, ['--postgres-ops', 'all', '--db', foreign])
    expect(await wrong.exited).toBe(2)
    expect(wrong.stderr.join('\n')).toMatch(/query, execute, alter/)
    expect(wrong.stderr.join('\n')).not.toMatch(/hush/)
    const client = await open(full, { ATHENA_POSTGRES_OPS: 'all', ATHENA_DATABASE_URL: foreign })
    await expect(client.listTools()).rejects.toThrow(
      'ATHENA_POSTGRES_OPS must be one of query, execute, alter',
    )
  })
})

describe.skipIf(server === '')('the operations on a PostgreSQL, asked by a client', () => {
  let database: EmptyPostgres
  let reader: PostgresLogin
  beforeAll(async () => {
    database = await createEmptyPostgres(server)
    reader = await database.createLogin()
    await database.execute(`create table orders (id int primary key, total numeric);
      insert into orders values (1, 9.50); grant select on orders to ${reader.role}`)
  })
  afterAll(() => database.drop())

  it('read, and refuse what is not granted', async () => {
    const client = await open(['--postgres-ops', 'query'], { ATHENA_POSTGRES_OPS_URL: reader.url })
    const call = (name: string, input: Record<string, unknown>) =>
      client.callTool({ name: 'call_operation', arguments: { name, arguments: input } })
    const read = await call('postgres.query', { sql: 'select total from orders' })
    expect(read.structuredContent).toMatchObject({ rows: [{ total: '9.50' }] })
    const write = await call('postgres.query', { sql: 'delete from orders where id = 1' })
    expect([write.isError, textOf(write)]).toEqual([true, expect.stringContaining('refused')])
    const granted = await call('postgres.execute', { sql: 'delete from orders where id = 1' })
    expect([granted.isError, textOf(granted)]).toEqual([
      true,
      expect.stringContaining('unknown operation'),
    ])
  })

  it('never tell the password', async () => {
    const { password } = new URL(reader.url)
    const wrong = Object.assign(new URL(reader.url), { password: `not-${password}` })
    for (const url of [reader.url, wrong.href]) {
      const client = await open([...full, '--postgres-ops', 'query'], {
        ATHENA_POSTGRES_OPS_URL: url,
      })
      for (const sql of ['select nonsense', 'drop table orders', 'select 1']) {
        const answer = await client.callTool({ name: 'postgres_query', arguments: { sql } })
        expect(JSON.stringify(answer)).not.toContain(password)
      }
    }
  })
})
