import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPostgresOps, type PostgresOps } from '../src/index.ts'
import { openWorld, server, type World } from './open-world.ts'

describe.skipIf(server === '')('bounds on PostgreSQL', () => {
  let world: World
  let ops: PostgresOps
  beforeAll(async () => {
    world = await openWorld()
    ops = await world.open('query', { maxConnections: 2 })
  })
  afterAll(() => world.close())

  const code = async (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => 'done',
      (thrown: unknown) => (thrown instanceof Error && 'code' in thrown ? thrown.code : thrown),
    )
  const active = async (): Promise<unknown> => {
    const { rows } = await world.owner.query(
      "select count(*)::int as n from pg_stat_activity where usename = $1 and state = 'active'",
      [new URL(world.readerUrl).username],
    )
    return rows[0]?.n
  }
  const stillWorks = async (): Promise<void> => {
    const answers = await Promise.all(
      [1, 2, 3, 4].map((n) => ops.query('select $1::int as n', { params: [n] })),
    )
    expect(answers.flatMap(({ rows }) => rows)).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }])
    expect(ops.poolStats()).toMatchObject({ lent: 0, waiting: 0 })
    await waitFor(async () => (await active()) === 0)
  }

  test('rows beyond the cap are not read, and that is said', async () => {
    const result = await ops.query('select n from generate_series(1, 1000000) as n', { maxRows: 3 })
    expect(result).toMatchObject({
      rows: [{ n: 1 }, { n: 2 }, { n: 3 }],
      rowCount: 3,
      truncated: true,
    })
    expect(
      await ops.query('select n from generate_series(1, 3) as n', { maxRows: 3 }),
    ).toMatchObject({ truncated: false })
    const many = await ops.query('select n from generate_series(1, 1000000) as n', {
      maxRows: 10_000,
    })
    expect([many.rowCount, many.truncated, many.rows.at(-1)]).toEqual([10_000, true, { n: 10_000 }])
    await stillWorks()
  })

  test('giant results end at the cap on bytes, and giant values lose the connection but not the pool', async () => {
    const long = await ops.query("select repeat('x', 100000) as text from generate_series(1, 50)")
    expect([long.rowCount, long.truncated]).toEqual([10, true])
    const wide = await ops.query("select repeat('ä', 100000) as text from generate_series(1, 50)")
    expect([wide.rowCount, wide.truncated]).toEqual([5, true])
    const giant =
      "select string_agg(a::text || repeat('x', 1000), '') from generate_series(1, $1::int) as a"
    expect(await code(ops.query(giant, { params: [200_000], timeoutMs: 30_000 }))).toBe('too-large')
    expect(process.memoryUsage().rss).toBeLessThan(512 * 1024 * 1024)
    await stillWorks()
  })

  test('what never ends is ended by PostgreSQL', async () => {
    const endless = [
      'select count(*) from memories a, memories b, memories c, memories d, memories e, memories f, memories g',
      'select count(*) from generate_series(1, $1::bigint)',
      'with recursive r as (select 1 as n union all select n + 1 from r where n > 0) select count(*) from r',
    ]
    for (const sql of endless) {
      const params = sql.includes('$1') ? [1_000_000_000_000] : []
      expect(await code(ops.query(sql, { params, timeoutMs: 200 }))).toBe('timeout')
    }
    await stillWorks()
  })

  test('a caller who gives up has the statement stopped on the server', async () => {
    const endless = 'select count(*) from generate_series(1, $1::bigint)'
    const controllers = Array.from({ length: 6 }, () => new AbortController())
    const calls = controllers.map(({ signal }) =>
      code(ops.query(endless, { params: [1_000_000_000_000], signal, timeoutMs: 60_000 })),
    )
    await waitFor(() => ops.poolStats().lent === 2)
    await waitFor(async () => (await active()) === 2)
    for (const controller of controllers) controller.abort()
    expect(new Set(await Promise.all(calls))).toEqual(new Set(['cancelled']))
    await waitFor(() => ops.poolStats().lent === 0)
    await stillWorks()
  })

  test('a connection that the server ends is replaced', async () => {
    await ops.query('select 1')
    const { open } = ops.poolStats()
    await world.owner
      .query(
        `select pg_terminate_backend(pid) from pg_stat_activity where usename = $1
      and datname = current_database()`,
        [new URL(world.readerUrl).username],
      )
      .catch(() => undefined)
    // Each of the old ones may be met once before its end is heard of.
    for (let met = 0; met < open; met += 1) await code(ops.query('select 1'))
    expect(await code(ops.query('select 1'))).toBe('done')
    await stillWorks()
  })

  test('a lock that another holds is waited for briefly', async () => {
    const writes = await world.open('execute')
    await world.owner.query('begin; lock table sessions in access exclusive mode')
    const waiting = writes.execute('insert into sessions default values', { timeoutMs: 300 })
    expect(await code(waiting)).toBe('timeout')
    await world.owner.query('commit')
    expect(await code(writes.execute('insert into sessions default values'))).toBe('done')
  })

  test('a server that is not there, and a closed pool, are errors', async () => {
    const url = 'postgres://nobody:nothing@127.0.0.1:1/none'
    expect(await code(openPostgresOps({ url, level: 'query' }))).toBe('unavailable')
    const closed = await world.open('query')
    await closed.close()
    expect(await code(closed.query('select 1'))).toBe('unavailable')
  })
})

const waitFor = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 500; tries += 1) {
    if (await isSo()) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('It did not come to be.')
}
