import { openPglite } from '@athena-memory/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openConnection } from '../src/connection/connection.ts'
import { inTransaction } from '../src/connection/in-transaction.ts'
import { CASES } from './guard/cases.ts'
import { hashDatabase } from './hash-database.ts'
import { openWorld, server, TENANT, type World } from './open-world.ts'
import { readScript } from './run-script.ts'
import { WORLD_SQL } from './world-sql.ts'

const SECRETS = /SECRET-OF-B|KEY-HASH/
// What only hardening.sql takes away: it needs a superuser, and is tested below.
const NEEDS_HARDENING = /set_config|to_xml|lo_/i

describe.skipIf(server === '')('each layer without the others, on PostgreSQL', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(() => world.close())

  /** Runs a statement as it comes, and gives what it showed. */
  const runUnguarded = async (url: string, sql: string, mode: 'read only' | 'read write') => {
    const connection = openConnection({ url, applicationName: 'layers' })
    const shown: string[] = []
    const session = { schemas: ['public'], tenant: TENANT }
    const work = async () => {
      await connection.run(sql, {
        onRows: (rows) => {
          shown.push(...rows.flat().map(String))
          return shown.length < 1000
        },
      })
      // What reads is always taken back, as by query.
      return { result: undefined, keep: mode === 'read write' }
    }
    await inTransaction(connection, { mode, session, timeoutMs: 150 }, work).catch(() => undefined)
    await connection.close()
    return shown.join('\n')
  }
  const hostile = CASES.filter(({ expect: word }) => word === 'refuse')
    .map(({ sql }) => sql)
    // Nothing to run: PostgreSQL has no answer to it that a cursor would hear.
    .filter((sql) => !/^[\s;]*(--.*)?$/.test(sql))

  test('without the guard, the reader role and the protocol let nothing change and nothing of others show', async () => {
    const before = await hashDatabase(world.owner)
    const shown: string[] = []
    for (const sql of hostile) {
      const text = await runUnguarded(world.readerUrl, sql, 'read only')
      if (SECRETS.test(text) && !NEEDS_HARDENING.test(sql)) shown.push(sql)
    }
    expect(shown).toEqual([])
    expect(await hashDatabase(world.owner)).toBe(before)
  }, 300_000)

  test('without the guard and in a transaction that may write, the reader role still changes nothing', async () => {
    const before = await hashDatabase(world.owner)
    for (const sql of hostile.filter((one) => !NEEDS_HARDENING.test(one))) {
      await runUnguarded(world.readerUrl, sql, 'read write')
    }
    expect(await hashDatabase(world.owner)).toBe(before)
  }, 300_000)

  test('the protocol alone takes one statement, and a transaction that reads takes no write', async () => {
    const owner = openConnection({ url: world.ownerUrl, applicationName: 'layers' })
    await expect(owner.run('select 1; delete from memories')).rejects.toMatchObject({
      state: '42601',
    })
    const read = { mode: 'read only', timeoutMs: 1000, session: { schemas: ['public'] } } as const
    const writing = inTransaction(owner, read, async () => ({
      result: await owner.run('insert into tenants values ($1)', { params: ['x'] }),
      keep: true,
    }))
    await expect(writing).rejects.toMatchObject({ state: '25006' })
    await owner.close()
  })

  test('the writer role writes no log, no keys, and nothing of other tenants', async () => {
    const before = await hashDatabase(world.owner)
    for (const sql of [
      'delete from audit_log where id = 1',
      'update api_keys set key_hash = $$x$$',
      "insert into memories (id, tenant_id, content) values (900, 'tenant-b', 'planted')",
      "update memories set tenant_id = 'tenant-b' where id = 2",
      "delete from memories where tenant_id = 'tenant-b'",
      'drop table memories',
      'alter table memories disable row level security',
      'create table public.mine (a int)',
      'create temp table mine (a int)',
      'delete from athena_ops.calls',
      'call purge_everything()',
    ]) {
      await runUnguarded(world.writerUrl, sql, 'read write')
    }
    expect(await hashDatabase(world.owner)).toBe(before)
  })
})

describe('hardening, on a PostgreSQL in this process', () => {
  test('takes from the reader what would show rows of another tenant', async () => {
    const names = { reader: 'athena_reader', writer: 'athena_writer', migrator: 'athena_migrator' }
    const owner = await openPglite()
    await owner.exec(WORLD_SQL)
    await owner.exec(await readScript('roles.sql', { ...names, password: 'x', schemas: 'public' }))
    const hop = `with hop as materialized (select set_config('app.tenant_id', 'tenant-b', true))
      select m.content from hop, memories m`
    const asReader = async () => {
      await owner.exec('set session authorization athena_reader')
      const statements = [
        hop,
        "select query_to_xml($$select set_config('app.tenant_id', 'tenant-b', true)$$, true, false, '')",
        'select lo_from_bytea(0, $$x$$)',
        "select pg_notify('a', 'b')",
        'select pg_advisory_lock(1)',
      ]
      const results = []
      for (const sql of statements) {
        results.push(
          await owner.query(sql).then(
            ({ rows }) => rows.length,
            () => 'refused',
          ),
        )
      }
      await owner.exec('set session authorization postgres')
      return results
    }
    expect(await asReader()).toEqual([20, 1, 1, 1, 1])
    await owner.exec(await readScript('hardening.sql', { ...names, keep: 'postgres' }))
    expect(await asReader()).toEqual(['refused', 'refused', 'refused', 'refused', 'refused'])
    await owner.close()
  })
})
