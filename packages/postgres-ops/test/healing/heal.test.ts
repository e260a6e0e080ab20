import { bindOperations, createRegistry } from '@athena-memory/operations'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Attempt } from '../../src/healing/attempt.ts'
import { heal, type HealOptions, type HealRequest } from '../../src/healing/heal.ts'
import { healingOperations } from '../../src/healing/healing-operations.ts'
import type { ExpectedSchema } from '../../src/health/expected-schema.ts'
import { findDrift } from '../../src/health/find-drift.ts'
import { healthOperations } from '../../src/health/health-operations.ts'
import { readSchema } from '../../src/health/read-schema.ts'
import { openTestPostgres, SERVER, type TestPostgres } from '../health/test-catalogue.ts'

const LIBRARY = `
  create table authors (id int primary key, name text not null);
  create table books (
    id bigint generated always as identity primary key,
    author_id int references authors (id) on delete cascade,
    title text not null,
    pages int not null default 100 check (pages > 0),
    shelf text,
    label text generated always as (upper(title)) stored);
  create index books_author_id_idx on books (author_id);
  create unique index books_shelf_idx on books (shelf) where shelf is not null;
  insert into authors values (1, 'Ada'), (2, 'Bob');
  insert into books (author_id, title, shelf) select 1 + n % 2, 'title ' || n, 's' || n from generate_series(1, 20000) n;
  analyze books`
const SLOW = "select id from books where title = 'title 7'"
const INDEXES = `select indexrelid::regclass::text from pg_index i join pg_class c on c.oid = i.indrelid
  where c.relname = 'books' order by 1`

describe.skipIf(!SERVER)('healing', () => {
  let postgres: TestPostgres
  let expected: ExpectedSchema
  const recorded: Attempt[] = []

  beforeEach(async () => {
    postgres = await openTestPostgres()
    await postgres.execute(LIBRARY)
    expected = { tables: await readSchema(postgres, ['public']) }
    recorded.length = 0
  })
  afterEach(() => postgres.close())

  const options = (): HealOptions => ({
    mayAlter: true,
    expected,
    record: async (attempt) => void recorded.push(attempt),
  })
  const run = (request: Partial<HealRequest>, more: Partial<HealOptions> = {}) =>
    heal(postgres, { apply: true, ...request }, { ...options(), ...more })
  const statuses = (attempts: readonly Attempt[]) =>
    attempts.map(({ subject, status }) => `${subject.replaceAll(/"public"\.|"/g, '')}: ${status}`)

  it('finds nothing to do where all is as it should be', async () => {
    expect(await run({})).toEqual({ problem: 'none', attempts: [] })
    expect(await run({ sql: 'select * from books where id = 1' })).toEqual({
      problem: 'none',
      attempts: [],
      queryWorks: true,
    })
    expect(recorded).toEqual([])
  })

  it('puts a column back as the migrations say, with what hung on it', async () => {
    await postgres.execute(
      'alter table books drop column author_id, drop column pages, drop column title cascade',
    )
    await postgres.execute('delete from books')
    const sql = 'select title, author_id from books'
    const { problem, attempts, queryWorks } = await run({ sql })
    expect({ problem, queryWorks }).toEqual({ problem: 'schema', queryWorks: true })
    expect(statuses(attempts)).toEqual([
      'books.author_id: mended',
      'books.title: mended',
      'books.pages: mended',
      'books.label: mended',
      'books_pages_check on books: mended',
      'books_author_id_fkey on books: mended',
      'books_author_id_idx on books: mended',
    ])
    const byName = (tables: ExpectedSchema['tables']) =>
      tables.map((table) => ({
        ...table,
        columns: table.columns.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
      }))
    expect(byName(await readSchema(postgres, ['public']))).toEqual(byName(expected.tables))
    expect(recorded).toEqual(attempts)
    expect(await run({ sql })).toMatchObject({ problem: 'none' })
  })

  it('puts indexes back, also one that was not built to its end', async () => {
    await postgres.execute(`
      drop index books_author_id_idx; drop index books_shelf_idx; update books set shelf = 'same' where id < 3`)
    await expect(
      postgres.query(
        'create unique index concurrently books_shelf_idx on books (shelf) where shelf is not null',
      ),
    ).rejects.toThrow('books_shelf_idx')
    const first = await run({})
    expect(statuses(first.attempts)).toEqual([
      'books_author_id_idx on books: mended',
      'books_shelf_idx on books: failed',
    ])
    expect(JSON.stringify(first)).not.toContain('same')
    await postgres.execute("update books set shelf = 'other' where id = 1")
    expect(statuses((await run({})).attempts)).toEqual(['books_shelf_idx on books: mended'])
    expect(await findDrift(postgres, expected)).toEqual([])
  })

  it('leaves to people what it cannot know', async () => {
    await postgres.execute('alter table books drop column title cascade')
    const { attempts } = await run({})
    expect(statuses(attempts)).toEqual(['books.title: blocked', 'books.label: failed'])
    await postgres.execute('drop table books; drop table authors')
    expect(statuses((await run({})).attempts)).toEqual(['authors: blocked', 'books: blocked'])
  })

  it('makes up no values for rows that are there, also when row security hides them', async () => {
    await postgres.execute(`
      create table visits (tenant_id text default current_setting('app.tenant', true), number int generated always as identity,
        at timestamptz default now(), note text default 'none', kind text);
      insert into visits values ('a');
      alter table visits enable row level security; alter table visits force row level security;
      create policy nobody on visits using (false)`)
    expected = { tables: await readSchema(postgres, ['public']) }
    await postgres.execute(`alter table visits drop column tenant_id, drop column number, drop column at,
      drop column note, drop column kind`)
    expect(statuses((await run({})).attempts)).toEqual([
      'visits.tenant_id: blocked',
      'visits.number: blocked',
      'visits.at: blocked',
      'visits.note: mended',
      'visits.kind: mended',
    ])
  })

  it('mends only what the failing query names', async () => {
    await postgres.execute(
      'drop index books_author_id_idx; alter table authors drop column name; delete from authors',
    )
    const { attempts, queryWorks } = await run({ sql: 'select name from authors' })
    expect(statuses(attempts)).toEqual(['authors.name: mended'])
    expect(queryWorks).toBe(true)
  })

  it('does nothing without permission', async () => {
    await postgres.execute('drop index books_author_id_idx; alter table books drop column pages')
    const before = await readSchema(postgres, ['public'])
    const proposed = [
      'books.pages: proposed',
      'books_pages_check on books: proposed',
      'books_author_id_idx on books: proposed',
    ]
    expect(statuses((await run({ apply: false })).attempts)).toEqual(proposed)
    expect(statuses((await run({ apply: false }, { mayAlter: false })).attempts)).toEqual(proposed)
    await expect(run({}, { mayAlter: false })).rejects.toMatchObject({ code: 'refused' })
    const judge = async () => ({ allowed: false, reason: 'not today' })
    const { attempts } = await run({}, { judge })
    expect(attempts.map(({ status, evidence }) => [status, evidence])).toEqual(
      proposed.map(() => ['refused', 'not today']),
    )
    const slow = { sql: 'select id from books where label = $1', apply: false }
    expect((await heal(postgres, slow, { mayAlter: true })).attempts).toMatchObject([
      { status: 'proposed' },
    ])
    expect(await readSchema(postgres, ['public'])).toEqual(before)
  })

  it('makes the index that a slow query needs', async () => {
    const { problem, attempts } = await run({ sql: SLOW })
    expect(problem).toBe('performance')
    expect(statuses(attempts)).toEqual(['books_title_idx on books: mended'])
    expect(await postgres.query(INDEXES)).toContain('books_title_idx')
    expect(await run({ sql: SLOW })).toMatchObject({ problem: 'none' })
  })

  it('takes an index back that does not help', async () => {
    const before = await postgres.query(INDEXES)
    const useless = [
      'create index books_pages_idx on books (pages)',
      'CREATE INDEX CONCURRENTLY wide ON books (shelf, title)',
    ]
    for (const index of useless) {
      const { attempts } = await run({ sql: SLOW, index })
      expect(attempts).toMatchObject([
        { status: 'undone', evidence: expect.stringContaining('does not use') },
      ])
    }
    expect(await postgres.query(INDEXES)).toEqual(before)
    const helping = await run({ sql: SLOW, index: 'create index by_title on books (title)' })
    expect(statuses(helping.attempts)).toEqual(['by_title on books: mended'])
  })

  it('tries no index that does more than make queries faster', async () => {
    const before = await postgres.query(INDEXES)
    const refused = [
      'create unique index one on books (id)',
      'create index if not exists books_author_id_idx on books (title)',
      'create index books_author_id_idx on books (title)',
      'create index on books (title)',
      'create index away on nowhere (title)',
      'drop table books',
      'create index two on books (title); drop table books',
    ]
    for (const index of refused) {
      await expect(run({ sql: SLOW, index })).rejects.toMatchObject({ code: 'refused' })
    }
    await expect(run({ index: 'create index by_title on books (title)' })).rejects.toThrow(
      'sql: expected',
    )
    expect(await postgres.query(INDEXES)).toEqual(before)
  })

  it('heals one at a time', async () => {
    await postgres.execute('drop index books_author_id_idx, books_shelf_idx')
    const sessions = await Promise.all([1, 2, 3, 4].map(() => postgres.connect()))
    const results = await Promise.allSettled(
      sessions.map((session) => heal(session, { apply: true }, options())),
    )
    const healed = results.flatMap((result) =>
      result.status === 'fulfilled' ? result.value.attempts : [],
    )
    expect(statuses(healed)).toEqual([
      'books_author_id_idx on books: mended',
      'books_shelf_idx on books: mended',
    ])
    const reasons = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason] : [],
    )
    for (const reason of reasons) expect(reason).toMatchObject({ code: 'refused' })
    expect(await findDrift(postgres, expected)).toEqual([])
  })

  it('leaves an index alone whose name somebody else took meanwhile', async () => {
    const judge = async () => {
      await postgres.execute('create index if not exists by_title on books (pages)')
      return { allowed: true, reason: '' }
    }
    const { attempts } = await run(
      { sql: SLOW, index: 'create index by_title on books (title)' },
      { judge },
    )
    expect(statuses(attempts)).toEqual(['by_title on books: failed'])
    expect(await postgres.query(INDEXES)).toContain('by_title')
  })

  it('never touches rows', async () => {
    expect(await run({ sql: 'select 1', sqlState: '23505' })).toEqual({
      problem: 'data',
      attempts: [],
    })
    const unknown = await run({ sql: 'select nothing_like_it from books' })
    expect(unknown).toEqual({ problem: 'schema', attempts: [], queryWorks: false })
  })

  it('is reached through operations', async () => {
    const context = {
      withCatalogue: <Result>(work: (catalogue: TestPostgres) => Promise<Result>) => work(postgres),
      healthOptions: () => ({ expected }),
      healOptions: options,
      judgeQuery: async (sql: string) => ({
        allowed: !sql.includes('pg_sleep'),
        reason: 'it waits',
      }),
    }
    const { call } = createRegistry([
      ...bindOperations(context, healthOperations),
      ...bindOperations(context, healingOperations),
    ])
    await postgres.execute('drop index books_author_id_idx')
    expect(await call('postgres.health-check', {})).toMatchObject({
      status: 'warning',
      findings: [{ check: 'missing-index' }],
    })
    expect(await call('postgres.suggest-indexes', { sql: SLOW })).toMatchObject({
      suggestions: [{ name: 'books_title_idx' }],
    })
    expect(await call('postgres.heal', {})).toMatchObject({ attempts: [{ status: 'proposed' }] })
    expect(await call('postgres.heal', { apply: true })).toMatchObject({
      attempts: [{ status: 'mended' }],
    })
    expect(await call('postgres.health-check', {})).toMatchObject({ status: 'healthy' })
    for (const name of ['postgres.heal', 'postgres.suggest-indexes']) {
      await expect(call(name, { sql: 'select pg_sleep(1)' })).rejects.toThrow('sql: it waits')
    }
    await expect(call('postgres.heal', { aply: true })).rejects.toThrow('did you mean "apply"?')
  })
})
