import { connectPostgres } from '@athena-memory/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PostgresOps } from '../src/index.ts'
import { CASES, type Case } from './guard/cases.ts'
import { hashDatabase } from './hash-database.ts'
import { openWorld, server, type World } from './open-world.ts'

describe.skipIf(server === '')('statements on PostgreSQL', () => {
  let world: World
  const opened: Record<string, PostgresOps> = {}
  const LEVEL_OF = {
    query: 'query',
    explain: 'query',
    execute: 'execute',
    schema_alter: 'alter',
  } as const
  beforeAll(async () => {
    world = await openWorld()
    for (const level of ['query', 'execute', 'alter'] as const)
      opened[level] = await world.open(level)
  })
  afterAll(() => world.close())

  const opsFor = (tool: Case['tool']): PostgresOps => {
    const ops = opened[LEVEL_OF[tool]]
    if (!ops) throw new Error('It was not opened.')
    return ops
  }
  const run = async ({ tool, sql }: Pick<Case, 'tool' | 'sql'>): Promise<object> => {
    const params = sql.includes('$1') ? ['1'] : []
    if (tool === 'execute')
      return opsFor(tool).execute(sql, { params, dryRun: true, timeoutMs: 5000 })
    if (tool === 'schema_alter') return opsFor(tool).schemaAlter(sql, { dryRun: true })
    return opsFor(tool).query(sql, { params })
  }

  test('each case gets its verdict from the database it is meant for', async () => {
    const wrong: unknown[] = []
    for (const one of CASES) {
      const { allowed, reason } = await opsFor(one.tool).judge(one)
      if (allowed !== (one.expect === 'allow')) wrong.push({ ...one, reason })
    }
    expect(wrong).toEqual([])
  })

  test('what is refused changes nothing and shows nothing', async () => {
    const before = await hashDatabase(world.owner)
    const shown: unknown[] = []
    for (const one of CASES.filter(({ expect: word }) => word === 'refuse')) {
      await run(one).then(
        () => shown.push(one),
        (thrown: unknown) => {
          const text = thrown instanceof Error ? thrown.message : ''
          if (!text.startsWith('refused: ') || /SECRET|KEY-HASH/.test(text))
            shown.push({ ...one, text })
        },
      )
    }
    expect(shown).toEqual([])
    expect(await hashDatabase(world.owner)).toBe(before)
  })

  // What the rows of this world do not let happen, though the statement is fine.
  const FAILS = /row-level security|foreign key|fkey|does not exist|parse/

  test('what is allowed runs', async () => {
    const failed: unknown[] = []
    for (const one of CASES.filter(({ expect: word }) => word === 'allow')) {
      await run(one).catch((thrown: unknown) => {
        const text = thrown instanceof Error ? thrown.message : ''
        if (!FAILS.test(text)) failed.push({ ...one, text })
      })
    }
    expect(failed).toEqual([])
  })

  test('and returns what psql returns: the text of PostgreSQL', async () => {
    const raw = await connectPostgres(world.readerUrl, '-c app.tenant_id=tenant-a')
    for (const { sql, expect: word, tool } of CASES) {
      const isSteady =
        !/random|clock|now\(\)|explain|show|tablesample|version|gen_random|pg_stat|pg_class|\$1|current_/i.test(
          sql,
        )
      if (word !== 'allow' || tool !== 'query' || !isSteady) continue
      const { rows } = await opsFor('query').query(sql, { maxRows: 10_000 })
      const asText = rows.map((row) =>
        Object.values(row).map((value) =>
          typeof value === 'boolean' ? String(value)[0] : value === null ? null : String(value),
        ),
      )
      const types = { getTypeParser: () => (text: string) => text }
      const shown = await raw.query({ text: sql, rowMode: 'array', types })
      expect(asText).toEqual(shown.rows)
    }
    await raw.end()
  })

  test('every call is written down, without literals', async () => {
    world.calls.length = 0
    await opsFor('query').query("select 'SECRET' as a, 1 as b")
    await opsFor('query')
      .query('delete from memories')
      .catch(() => undefined)
    await opsFor('query')
      .query("select 'SECRET'::int")
      .catch(() => undefined)
    await opsFor('query').listTables()
    const seen = world.calls.map(({ tool, verdict, statement, rows, actor, tenantId }) => ({
      tool,
      verdict,
      statement,
      rows,
      actor,
      tenantId,
    }))
    const call = { tool: 'query', actor: 'agent', tenantId: 'tenant-a' }
    expect(seen).toEqual([
      { ...call, verdict: 'allowed', statement: 'select ? as a , ? as b', rows: 1 },
      { ...call, verdict: 'refused', statement: 'delete from memories', rows: 0 },
      { ...call, verdict: 'failed', statement: 'select ? :: int', rows: 0 },
      { ...call, tool: 'list_tables', verdict: 'allowed', statement: '', rows: 5 },
    ])
    expect(JSON.stringify(world.calls)).not.toContain('SECRET')
  })

  test('and stands in the table of the roles unless another place is given', async () => {
    const ops = await world.open('query', { audit: undefined, actor: 'tester' })
    await ops.query('select 41 + 1')
    const {
      rows: [call],
    } = await world.owner.query(
      'select actor, role, statement, verdict, rows::int from athena_ops.calls order by id desc limit 1',
    )
    expect(call).toEqual({
      actor: 'tester',
      role: new URL(world.readerUrl).username,
      statement: 'select ? + ?',
      verdict: 'allowed',
      rows: 1,
    })
    await expect(ops.query('select * from athena_ops.calls')).rejects.toThrow(
      'athena_ops is not permitted',
    )
  })

  test('a level grants no more than it says', async () => {
    const [reads, writes] = [opsFor('query'), opsFor('execute')]
    const sql = "update memories set content = 'x' where id = 2"
    expect(await reads.judge({ tool: 'execute', sql })).toEqual({
      allowed: false,
      reason: 'execute needs the level execute, and query was granted',
    })
    await expect(reads.execute(sql)).rejects.toThrow('needs the level execute')
    await expect(reads.schemaAlter('create index i on memories (kind)')).rejects.toThrow(
      'needs the level alter',
    )
    await expect(writes.schemaAlter('create index i on memories (kind)')).rejects.toThrow(
      'needs the level alter',
    )
  })

  test('execute counts, returns, takes back what is too much, and keeps the rest', async () => {
    const writes = opsFor('execute')
    const dry = await writes.execute(
      "update memories set kind = 'x' where id in (2, 4, 6) returning id",
      { dryRun: true },
    )
    expect(dry).toMatchObject({
      affectedRows: 3,
      dryRun: true,
      rows: [{ id: 2 }, { id: 4 }, { id: 6 }],
    })
    const kinds = async () =>
      (await writes.query("select count(*) from memories where kind = 'x'")).rows
    expect(await kinds()).toEqual([{ count: 0 }])
    await expect(
      writes.execute("update memories set kind = 'x' where id > 0", { maxRows: 5 }),
    ).rejects.toThrow('more than 5 rows')
    await expect(
      writes.execute("update memories set kind = 'x' where id > 0 returning id", { maxRows: 5 }),
    ).rejects.toThrow('more than 5 rows')
    expect(await kinds()).toEqual([{ count: 0 }])
    // Only rows of the own tenant are there to be changed.
    expect(
      await writes.execute("update memories set kind = 'x' where id > $1", {
        params: [0],
        maxRows: 20,
      }),
    ).toMatchObject({ affectedRows: 20 })
    expect(await kinds()).toEqual([{ count: 20 }])
    await writes.execute("update memories set kind = 'fact' where kind = 'x'")
  })

  test('schema changes apply, also concurrently, and a failed build leaves no index behind', async () => {
    const alters = opsFor('schema_alter')
    expect(
      await alters.schemaAlter('create index concurrently memories_kind_idx on memories (kind)'),
    ).toEqual({ applied: true, dryRun: false })
    await alters.schemaAlter('alter table memories add column note text')
    const table = await alters.describeTable('memories')
    expect(table?.columns.at(-1)).toMatchObject({ name: 'note', type: 'text', isNullable: true })
    expect(table?.indexes.map(({ name }) => name)).toContain('memories_kind_idx')
    expect(table?.policies).toMatchObject([{ name: 'tenant_isolation' }])
    await expect(
      alters.schemaAlter('create unique index concurrently memories_twice on memories (kind)'),
    ).rejects.toThrow('23505')
    const after = await alters.describeTable('memories')
    expect(after?.indexes.map(({ name }) => name)).not.toContain('memories_twice')
    await alters.schemaAlter('drop index concurrently memories_kind_idx')
    expect(alters.poolStats().lent).toBe(0)
  })

  test('describes what is there', async () => {
    const ops = opsFor('query')
    expect(await ops.listSchemas()).toMatchObject([
      { name: 'athena_ops', isPermitted: false },
      { name: 'drizzle', isPermitted: false },
      { name: 'public', tables: 5, isPermitted: true },
    ])
    expect(
      (await ops.listTables({ limit: 2, after: 'audit_log' })).map(({ name }) => name),
    ).toEqual(['memories', 'sessions'])
    expect(await ops.describeTable('nothing')).toBeUndefined()
    expect((await ops.explain('select * from memories', { analyze: true })).plan).toContain(
      'actual time',
    )
    await expect(ops.explain('explain select 1')).rejects.toThrow('without EXPLAIN')
    expect(await ops.topQueries()).toBeUndefined()
  })

  test('parameters are what their types say, and never SQL', async () => {
    const { rows } = await opsFor('query').query(
      'select $1::text as a, $2::int as b, $3::boolean as c, $4::jsonb as d, $5::text[] as e, $6::date as f, $7::text as g',
      {
        params: [
          "'; drop table memories; --",
          4,
          false,
          '{"a": 1}',
          ['x"y', 'z'],
          '2026-01-02',
          null,
        ],
      },
    )
    expect(rows).toEqual([
      {
        a: "'; drop table memories; --",
        b: 4,
        c: false,
        d: '{"a": 1}',
        e: '{"x\\"y",z}',
        f: '2026-01-02',
        g: null,
      },
    ])
  })
})
