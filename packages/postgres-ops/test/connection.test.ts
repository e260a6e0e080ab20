import { connectPostgres, createEmptyPostgres } from '@athena-memory/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { openConnection, type Connection } from '../src/connection/connection.ts'
import { OpsError } from '../src/ops-error.ts'
import { server } from './open-world.ts'

describe.skipIf(server === '')('a connection to PostgreSQL', () => {
  let database: Awaited<ReturnType<typeof createEmptyPostgres>>
  let connection: Connection
  beforeAll(async () => {
    database = await createEmptyPostgres(server)
    const owner = openConnection({ url: database.url, applicationName: 'test' })
    await owner.command(
      'create table things (id int unique deferrable initially deferred); insert into things values (1)',
    )
    await owner.close()
  })
  afterAll(() => database.drop())
  beforeEach(() => {
    connection = openConnection({ url: database.url, applicationName: 'test' })
    onTestFinished(() => connection.close())
  })

  const read = async (sql: string, batch = 50): Promise<unknown[]> => {
    const values: unknown[] = []
    await connection.run(sql, { batch, onRows: (rows) => values.push(...rows.flat()) > 0 })
    return values
  }

  test.each([
    ['select 1 as n', { columns: [{ name: 'n', type: 23 }], count: 1 }],
    ['select 1 as n where false', { columns: [{ name: 'n', type: 23 }], count: 0 }],
    ['show server_encoding', { columns: [{ name: 'server_encoding', type: 25 }], count: 0 }],
    ['update things set id = id', { columns: [], count: 1 }],
    ['create temp table others as select generate_series(1, 3)', { columns: [], count: 3 }],
    ['set work_mem = 65536', { columns: [], count: 0 }],
    ['', { columns: [], count: 0 }],
  ])('says what is left by: %s', async (sql, result) => {
    expect(await connection.run(sql)).toEqual(result)
    expect(await read('select null, true, 1.50, now() is null')).toEqual([null, 't', '1.50', 'f'])
  })

  test('gives rows in batches, however they come out', async () => {
    const rows = ['1', '2', '3', '4']
    for (const batch of [1, 2, 3, 4, 5])
      expect(await read('select generate_series(1, 4)', batch)).toEqual(rows)
  })

  test('is free for the next statement when a reader throws or has enough', async () => {
    const sql = 'select generate_series(1, 1000)'
    const fail = (): boolean => {
      throw new RangeError('of the reader')
    }
    await expect(connection.run(sql, { onRows: fail })).rejects.toThrow(RangeError)
    expect(await connection.run(sql, { onRows: () => false })).toMatchObject({ count: 0 })
    expect(await read('select 2')).toEqual(['2'])
  })

  test('is lost where more arrives than may, in however many rows', async () => {
    await connection.run('select 1')
    connection.allowBytes(1_000_000)
    const reading = connection.run("select repeat('x', 1000) from generate_series(1, 100000)")
    await expect(reading).rejects.toMatchObject({ code: 'too-large' })
    expect(connection.isSpent()).toBe(true)
  })

  test('tells what fails after the last row', async () => {
    const inserting = connection.run('insert into things values (1) returning id')
    await expect(inserting).rejects.toMatchObject({ code: 'database', state: '23505' })
    await expect(inserting).rejects.toThrow('the constraint things_id_key forbids it')
    expect(await read('select 2')).toEqual(['2'])
  })

  test('copies nothing in, and gives nothing that is copied out', async () => {
    await expect(connection.run('copy things from stdin')).rejects.toMatchObject({ state: '57014' })
    expect(await connection.run('copy things to stdout')).toEqual({ columns: [], count: 1 })
    await expect(connection.command('copy things from stdin')).rejects.toThrow('57014')
    await connection.command('copy things to stdout')
    expect(await read('select 2')).toEqual(['2'])
  })

  test('stays lost', async () => {
    const [pid] = await read('select pg_backend_pid()')
    const owner = await connectPostgres(database.url)
    const ending = Promise.allSettled([connection.run('select pg_sleep(60)')])
    const terminate = `select pg_terminate_backend(pid) from pg_stat_activity
      where pid = $1 and wait_event = 'PgSleep'`
    while ((await owner.query(terminate, [pid])).rowCount === 0);
    await owner.end()
    expect(await ending).toMatchObject([{ reason: { code: 'unavailable', state: '57P01' } }])
    await expect(connection.command('select 1')).rejects.toMatchObject({ code: 'unavailable' })
    expect(connection.isSpent()).toBe(true)
  })

  test('shows what it is for', async () => {
    expect(await read("select current_setting('application_name')")).toEqual(['test'])
  })

  test('is refused, and lost, where there is no such login', async () => {
    const url = Object.assign(new URL(database.url), { username: 'nobody' })
    const refused = openConnection({ url: url.href, applicationName: 'test' })
    await expect(refused.command('select 1')).rejects.toMatchObject({
      code: 'unavailable',
      state: expect.stringMatching(/^28/),
    })
    expect(refused.isSpent()).toBe(true)
    await refused.close()
  })

  test('says so where its address asks for what cannot be', () => {
    const url = `${server}?sslmode=verify-ca`
    expect(() => openConnection({ url, applicationName: 'test' })).toThrow(OpsError)
  })
})
