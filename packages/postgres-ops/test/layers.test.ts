import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openConnection } from '../src/connection/connection.ts'
import { inTransaction } from '../src/connection/in-transaction.ts'
import { HOSTILE, NEEDS_HARDENING, SECRETS } from './hostile.ts'
import { hashDatabase } from './hash-database.ts'
import { openWorld, server, type World } from './open-world.ts'
import { runUnguarded } from './run-unguarded.ts'

// What only hardening.sql takes away is tested with it.
const withoutHardening = HOSTILE.filter((sql) => !NEEDS_HARDENING.test(sql))

describe.skipIf(server === '')('each layer without the others, on PostgreSQL', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(() => world.close())

  test('without the guard, the reader role and the protocol let nothing change and nothing of others show', async () => {
    const before = await hashDatabase(world.owner)
    const shown: string[] = []
    for (const sql of HOSTILE) {
      const text = await runUnguarded(world.readerUrl, sql, 'read only')
      if (SECRETS.test(text) && !NEEDS_HARDENING.test(sql)) shown.push(sql)
    }
    expect(shown).toEqual([])
    expect(await hashDatabase(world.owner)).toBe(before)
  }, 300_000)

  test('without the guard and in a transaction that may write, the reader role still changes nothing', async () => {
    const before = await hashDatabase(world.owner)
    for (const sql of withoutHardening) {
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
