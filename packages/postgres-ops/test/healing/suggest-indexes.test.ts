import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { suggestIndexes, type Suggestions } from '../../src/healing/suggest-indexes.ts'
import { DEFAULT_INDEX_LIMITS } from '../../src/healing/index-limits.ts'
import { openTestPostgres, SERVER, type TestPostgres } from '../health/test-catalogue.ts'

const SHOP = `
  create table customers (id int primary key, email text, name text, city text, tags text[], profile jsonb);
  insert into customers select n, 'User' || n || '@example.org', 'name ' || md5(n::text), 'city ' || n % 500,
    array['t' || n % 997, 'u' || n % 89], jsonb_build_object('plan', n % 1000, 'level', n % 3)
    from generate_series(1, 20000) n;
  create table orders (id int primary key, customer_id int, status text, total numeric, note text,
    created_at timestamptz, shipped_at timestamptz);
  insert into orders select n, 1 + (n * 7919) % 20000, case when n % 50 = 0 then 'open' else 'done' end, n % 1000,
    'note ' || n, '2026-01-01'::timestamptz + (n * 37 % 40000) * interval '1 minute',
    case when n % 400 = 0 then null else now() end
    from generate_series(1, 40000) n;
  create index orders_total_idx on orders (total);
  create table countries (code text, name text);
  insert into countries select 'c' || n, 'country ' || n from generate_series(1, 200) n;
  analyze customers; analyze orders; analyze countries`

/** Slow queries, and for each every set of indexes that answers it well. */
const SLOW: readonly (readonly [sql: string, ...right: string[]])[] = [
  ['select * from orders where customer_id = 42', '"customer_id"'],
  [
    "select * from orders where status = 'open' and created_at > '2026-01-28' order by created_at desc limit 20",
    '"status", "created_at" desc',
    '"status", "created_at"',
  ],
  ['select id from orders order by created_at desc limit 10', '"created_at" desc', '"created_at"'],
  [
    "select c.name, o.total from customers c join orders o on o.customer_id = c.id where c.email = 'User7@example.org'",
    '"customer_id" and "email"',
  ],
  ["select * from customers where lower(email) = 'user77@example.org'", '("lower"("email"))'],
  ['select id from customers where profile @> \'{"plan": 77}\'', '"profile"'],
  ["select * from customers where email like 'User1999%'", '"email" text_pattern_ops', '"email"'],
  ["select * from customers where tags @> array['t5']", '"tags"'],
  [
    'select * from orders where shipped_at is null and created_at < $1',
    '"shipped_at"',
    '"shipped_at", "created_at"',
  ],
  ["update orders set note = '' where note in ('note 7', 'note 8')", '"note"'],
  ["select count(*) from customers where profile ->> 'plan' = '77'", `(("profile" ->> 'plan'))`],
  [
    'select (select max(o.created_at) from orders o where o.customer_id = c.id) from customers c where c.city = $1',
    '"city" and "customer_id"',
    '"city" and "customer_id", "created_at"',
  ],
]

const FAST = [
  'select * from orders where id = 7',
  'select * from orders where total = 7',
  "select * from countries where code = 'c7'",
  "select count(*) from orders where status = 'done'",
  'select * from orders limit 10',
  'select sum(total) from orders',
  'with orders as (select * from countries) select * from orders where code = $1',
]

describe.skipIf(!SERVER)('suggesting indexes', () => {
  let postgres: TestPostgres
  const indexesOf = ({ suggestions }: Suggestions): string =>
    suggestions
      .map(({ keys }) => keys.join(', '))
      .sort()
      .join(' and ')

  beforeAll(async () => {
    postgres = await openTestPostgres()
    await postgres.execute(SHOP)
  })
  afterAll(() => postgres.close())

  it.each(SLOW)('finds what %s needs', async (sql, ...right) => {
    expect(right).toContain(indexesOf(await suggestIndexes(postgres, sql)))
  })

  it.each(FAST)('proposes nothing for %s', async (sql) => {
    expect(indexesOf(await suggestIndexes(postgres, sql))).toBe('')
  })

  it('says what an index costs, what it brings and how to make and remove it', async () => {
    const sql = 'select * from orders where customer_id = $1'
    const { suggestions, examined, undecided } = await suggestIndexes(postgres, sql)
    expect({ examined, undecided }).toEqual({ examined: 1, undecided: [] })
    expect(suggestions).toEqual([
      {
        query: sql,
        schema: 'public',
        table: '"public"."orders"',
        name: 'orders_customer_id_idx',
        keys: ['"customer_id"'],
        statement:
          'create index concurrently "orders_customer_id_idx" on "public"."orders" ("customer_id")',
        undo: 'drop index concurrently "public"."orders_customer_id_idx"',
        costBefore: expect.any(Number),
        costAfter: expect.any(Number),
        bytes: expect.any(Number),
        proof: expect.stringMatching(/^(hypopg|rolled-back-build)$/),
      },
    ])
    for (const { costBefore, costAfter } of suggestions) {
      expect(costAfter).toBeLessThan(costBefore * 0.7)
    }
  })

  it('leaves nothing behind', async () => {
    const indexes = 'select indexrelid::text from pg_index order by 1'
    const before = await postgres.query(indexes)
    await suggestIndexes(postgres, 'select * from orders where note = $1')
    expect(await postgres.query(indexes)).toEqual(before)
    const open = await postgres.query('select pg_current_xact_id_if_assigned()::text')
    expect(open).toEqual([null])
  })

  it('suggests an index of letters only where the extension for it is', async () => {
    const sql = "select * from customers where name ilike '%abcdef%'"
    expect(indexesOf(await suggestIndexes(postgres, sql))).toBe('')
    await postgres.query('create extension pg_trgm')
    expect(indexesOf(await suggestIndexes(postgres, sql))).toBe('"name" gin_trgm_ops')
    await postgres.query('drop extension pg_trgm')
  })

  it('does not build on tables that are too large or belong to others, and says so', async () => {
    const sql = 'select * from orders where customer_id = $1'
    const limits = { ...DEFAULT_INDEX_LIMITS, buildBytes: 8192 }
    const large = await suggestIndexes(postgres, sql, limits)
    expect(large).toMatchObject({
      suggestions: [],
      undecided: [expect.stringContaining('too large')],
    })

    const role = `athena_guest_${process.pid}`
    const guest = await postgres.connect()
    await guest.execute(
      `create role ${role}; grant ${role} to current_user; grant select on orders to ${role}`,
    )
    await guest.execute(`set role ${role}`)
    const foreign = await suggestIndexes(guest, sql)
    await guest.execute(`reset role; drop owned by ${role}; drop role ${role}`)
    expect(foreign).toMatchObject({
      suggestions: [],
      undecided: [expect.stringContaining('as its owner')],
    })
  })

  it('says that it cannot judge indexes on partitioned tables', async () => {
    await postgres.execute('create table parts (a int) partition by range (a)')
    expect(await suggestIndexes(postgres, 'select * from parts where a = 1')).toMatchObject({
      suggestions: [],
      undecided: [expect.stringContaining('partitioned')],
    })
  })

  it('judges as the role that row security holds', async () => {
    await postgres.execute(`
      create table notes (tenant_id text, id int, words tsvector);
      insert into notes select 't' || n % 2, n, array_to_tsvector(array['w' || n]) from generate_series(1, 20000) n;
      analyze notes`)
    const sql = "select id from notes where words @@ 'w7'"
    expect(indexesOf(await suggestIndexes(postgres, sql))).toBe('"words"')
    await postgres.execute(`
      alter table notes enable row level security; alter table notes force row level security;
      create policy own on notes using (tenant_id = current_setting('app.tenant', true))`)
    // The operator may tell of rows of others, so PostgreSQL compares tenants before it and no index can serve it.
    expect(indexesOf(await suggestIndexes(postgres, sql))).toBe('')
  })

  it('refuses what is not one query', async () => {
    const refused = [
      'drop table orders',
      'select 1; select 2',
      'insert into countries values (1)',
      'selec',
    ]
    for (const sql of refused) {
      await expect(suggestIndexes(postgres, sql)).rejects.toMatchObject({ code: 'refused' })
    }
  })

  it('asks for a query where the server keeps no statistics of them', async () => {
    await expect(suggestIndexes(postgres)).rejects.toThrow('sql: expected a query')
  })
})
