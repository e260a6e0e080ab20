import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkHealth, type HealthOptions } from '../../src/health/check-health.ts'
import type { ExpectedSchema } from '../../src/health/expected-schema.ts'
import { readSchema } from '../../src/health/read-schema.ts'
import { openTestPostgres, SERVER, type TestPostgres } from './test-catalogue.ts'

describe.skipIf(!SERVER)('health of a database', () => {
  let postgres: TestPostgres

  beforeAll(async () => {
    postgres = await openTestPostgres()
  })
  afterAll(() => postgres.close())

  /** Subjects of what one check finds. */
  const found = async (check: string, options: HealthOptions = {}): Promise<string[]> => {
    const { findings } = await checkHealth(postgres, options)
    return findings.filter((finding) => finding.check === check).map(({ subject }) => subject)
  }
  const flush = 'select pg_stat_force_next_flush()'

  it('finds nothing in a fresh database', async () => {
    const fresh = await openTestPostgres()
    const expected: ExpectedSchema = { tables: [] }
    expect(await checkHealth(fresh, { expected })).toMatchObject({
      status: 'healthy',
      findings: [],
      unchecked: [],
      truncated: false,
      measures: { tables: 0, connections: { active: 1 } },
    })
    await fresh.close()
  })

  it('finds nothing in a small, tidy database with data', async () => {
    const tidy = await openTestPostgres()
    await tidy.execute(`
      create table people (tenant_id text not null, id bigserial primary key, name text not null);
      alter table people enable row level security;
      alter table people force row level security;
      create policy own on people using (tenant_id = current_setting('app.tenant', true));
      create index people_name_idx on people (name);
      set app.tenant = 'a';
      insert into people (tenant_id, name) select 'a', 'name ' || n from generate_series(1, 1000) n;
      analyze people`)
    const expected = { tables: await readSchema(tidy, ['public']) }
    const { findings, unchecked } = await checkHealth(tidy, { expected })
    expect({ findings, unchecked }).toEqual({ findings: [], unchecked: [] })
    await tidy.close()
  })

  it('finds an index that was not built to its end', async () => {
    await postgres.execute('create table twins (a int); insert into twins values (1), (1)')
    await expect(
      postgres.query('create unique index concurrently twins_a_idx on twins (a)'),
    ).rejects.toThrow('twins_a_idx')
    expect(await found('invalid-index')).toEqual(['twins_a_idx'])
  })

  it('finds the index that another one makes needless, and not the constraint it repeats', async () => {
    await postgres.execute(`
      create table doubles (id int primary key, a int, b int);
      create index doubles_a_idx on doubles (a);
      create index doubles_a_again_idx on doubles (a);
      create unique index doubles_id_idx on doubles (id);
      create index doubles_a_b_idx on doubles (a, b);
      create index doubles_some_idx on doubles (a) where b > 0;
      create index doubles_down_idx on doubles (a desc)`)
    expect(await found('duplicate-index')).toEqual(['doubles_a_again_idx', 'doubles_id_idx'])
  })

  it('finds an index that no query uses, and not those that are used or hold something unique', async () => {
    await postgres.execute(`
      create table readings (id int primary key, a int, b int);
      insert into readings select n, n, n from generate_series(1, 5000) n;
      create index readings_a_idx on readings (a);
      create index readings_b_idx on readings (b);
      analyze readings`)
    for (let round = 0; round < 20; round += 1)
      await postgres.query('select a from readings where a = 7')
    await postgres.query(flush)
    const limits = { unusedIndexBytes: 8192, tableScans: 20 }
    expect(await found('unused-index', { limits })).toEqual(['readings_b_idx'])
  })

  it('finds sequences near their end, also when the column ends first', async () => {
    await postgres.execute(`
      create table numbered (id serial, tiny smallint generated always as identity);
      alter sequence numbered_id_seq as bigint;
      select setval('numbered_id_seq', 2040109466), setval('numbered_tiny_seq', 20000);
      create sequence falling increment -1 minvalue -100 start -1; select setval('falling', -85);
      create sequence turning maxvalue 10 cycle; select setval('turning', 10)`)
    const { findings } = await checkHealth(postgres)
    const sequences = findings.filter(({ check }) => check === 'sequence-near-end')
    expect(sequences.map(({ severity, subject }) => [severity, subject])).toEqual([
      ['failure', 'numbered_id_seq'],
      ['warning', 'falling'],
    ])
  })

  it('finds constraints that old rows may violate', async () => {
    await postgres.execute(`
      create table unproven (a int); alter table unproven add constraint positive check (a > 0) not valid`)
    expect(await found('unvalidated-constraint')).toEqual(['positive on unproven'])
  })

  it('finds tables that are mostly empty', async () => {
    await postgres.execute(`
      create table hollow (id int, filling text) with (autovacuum_enabled = true);
      insert into hollow select n, repeat('x', 200) from generate_series(1, 10000) n;
      delete from hollow where id % 10 <> 0 and id < 9999`)
    await postgres.query(flush)
    await postgres.query('vacuum analyze hollow')
    expect(await found('bloat', { limits: { bloatBytes: 500_000 } })).toEqual(['hollow'])
    expect(await found('bloat')).toEqual([])
  })

  it('finds dead rows, and what keeps vacuum from removing them', async () => {
    await postgres.execute(`
      create table worn (id int) with (autovacuum_enabled = off);
      insert into worn select generate_series(1, 3000); delete from worn where id > 1000`)
    await postgres.query(flush)
    const limits = { deadRows: 1000 }
    expect(await found('dead-rows', { limits })).toEqual(['worn'])
    expect(await found('autovacuum-off', { limits })).toContain('worn')
  })

  it('finds tables that were not frozen for long', async () => {
    expect(await found('wraparound', { limits: { transactionAge: 1 } })).toContain('doubles')
    expect(await found('wraparound')).toEqual([])
  })

  it('finds sessions that sit in a transaction', async () => {
    const session = await postgres.connect()
    await session.execute('begin; select 1')
    const limits = { idleInTransactionMs: 0, transactionMs: 0 }
    const [pid] = await session.query('select pg_backend_pid()::text')
    const subject = expect.stringContaining(`session ${pid} of`)
    expect(await found('idle-in-transaction', { limits })).toEqual([subject])
    expect(await found('long-transaction', { limits })).toEqual([subject])
    expect(await found('idle-in-transaction')).toEqual([])
    await session.execute('rollback')
    expect(await found('idle-in-transaction', { limits })).toEqual([])
  })

  it('finds connections and callers that run out of room', async () => {
    expect(await found('connections', { limits: { connectionShare: 0 } })).toEqual(['connections'])
    expect(await found('pool', { pool: { lent: 4, waiting: 2 } })).toEqual(['pool'])
    expect(await found('pool', { pool: { lent: 4, waiting: 0 } })).toEqual([])
  })

  it('finds reads that memory does not answer', async () => {
    await postgres.query(flush)
    const name = await postgres.query('select current_database()::text')
    expect(await found('cache-hit', { limits: { cacheHitRatio: 1.01, cacheBlocks: 1 } })).toEqual(
      name,
    )
  })

  it('finds every way in which a table of tenants is open', async () => {
    await postgres.execute(`
      create table bare (tenant_id text);
      create table unforced (tenant_id text); alter table unforced enable row level security;
      create policy own on unforced using (tenant_id = current_setting('app.tenant', true));
      create table unruled (tenant_id text); alter table unruled enable row level security;
      alter table unruled force row level security;
      create table closed (tenant_id text); alter table closed enable row level security;
      alter table closed force row level security;
      create policy own on closed using (tenant_id = current_setting('app.tenant', true));
      create table shared (owner_id text)`)
    expect(await found('row-security')).toEqual(['bare', 'unforced', 'unruled'])
    expect(await found('row-security', { tenantColumn: 'owner_id' })).toEqual(['shared'])
  })

  it('finds roles that can do more than they may', async () => {
    const role = `athena_reaches_${process.pid}`
    const [admin] = await postgres.query(
      'select rolname::text from pg_roles where rolsuper limit 1',
    )
    await postgres.execute(`create role ${role}; grant pg_read_server_files to ${role}`)
    const { findings, unchecked } = await checkHealth(postgres, {
      roles: [admin ?? '', role, 'nobody here'],
    })
    await postgres.execute(`drop role ${role}`)
    const posture = findings.filter(({ check }) => check === 'role-posture')
    const rights = new Map(posture.map(({ subject, evidence }) => [subject, evidence]))
    expect(rights.get(role)).toBe(
      'reaches files or programs of the server as a member of pg_read_server_files',
    )
    expect(rights.get(admin ?? '')).toBe('is superuser')
    expect(posture.map(({ severity }) => severity)).toEqual(['failure', 'failure'])
    expect(unchecked).toEqual([{ check: 'role-posture', reason: 'there is no role "nobody here"' }])
  })

  it('finds a pgvector with known faults', async () => {
    const withVector = await openTestPostgres('template1')
    const [version = ''] = await withVector.query(
      "select extversion from pg_extension where extname = 'vector'",
    )
    const { findings } = await checkHealth(withVector)
    const [, minor = 0, patch = 0] = (version ?? '').split('.').map(Number)
    const isOld = minor < 8 || (minor === 8 && patch < 4)
    expect(findings.map(({ check }) => check)).toEqual(isOld ? ['pgvector-version'] : [])
    await withVector.close()
  })

  it('finds what the migrations made and somebody removed', async () => {
    await postgres.execute(`
      create schema made;
      create table made.parents (id int primary key);
      create table made.children (id int primary key, parent_id int references made.parents, label text default 'none',
        upper_label text generated always as (upper(label)) stored);
      create index children_label_idx on made.children (label);
      create policy own on made.children for select using (label = current_user);
      alter table made.children enable row level security;
      create table made.history (hash text primary key); insert into made.history values ('one')`)
    const migrations = { table: 'made.history', column: 'hash', applied: ['one', 'two'] }
    const expected = {
      tables: await readSchema(postgres, ['made']),
      migrations,
      knownBy: 'made.history',
    }
    const drift = async () =>
      (await checkHealth(postgres, { expected })).findings
        .filter(({ check }) => /missing|pending/.test(check))
        .map(({ check, subject }) => `${check}: ${subject}`)
    expect(await drift()).toEqual(['pending-migrations: made.history'])

    await postgres.execute(`
      insert into made.history values ('two');
      alter table made.children drop column parent_id;
      drop index made.children_label_idx;
      drop policy own on made.children;
      alter table made.children disable row level security;
      drop table made.parents`)
    expect(await drift()).toEqual([
      'missing-table: "made"."parents"',
      'missing-column: "made"."children"."parent_id"',
      'missing-constraint: "children_parent_id_fkey" on "made"."children"',
      'missing-policy: "own" on "made"."children"',
      'missing-row-security: "made"."children"',
      'missing-index: "children_label_idx" on "made"."children"',
    ])
    await postgres.execute('drop table made.history')
    expect(await drift()).toEqual([])
  })

  it('says what it could not look at', async () => {
    const role = `athena_blind_${process.pid}`
    const session = await postgres.connect()
    await session.execute(
      `create sequence hidden; create role ${role}; grant ${role} to current_user`,
    )
    await session.execute(`set role ${role}`)
    const { unchecked } = await checkHealth(session)
    await session.execute(`reset role; drop role ${role}`)
    expect(unchecked).toContainEqual({
      check: 'sequence-near-end',
      reason: 'the current role may not read hidden',
    })
    expect(unchecked).toContainEqual({
      check: 'idle-in-transaction',
      reason: expect.stringMatching(/^[1-9] sessions of other roles are hidden/),
    })
  })
})
