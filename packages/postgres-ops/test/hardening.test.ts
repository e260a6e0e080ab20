import { openPglite } from '@athena-memory/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hashDatabase, hashValues } from './hash-database.ts'
import { NEEDING_HARDENING, SECRETS } from './hostile.ts'
import { admin, openWorld, server, type World } from './open-world.ts'
import { readScript } from './run-script.ts'
import { runUnguarded } from './run-unguarded.ts'
import { WORLD_SQL } from './world-sql.ts'

const MODES = ['read only', 'read write'] as const

/** Runs all of it past the guard, and answers which statements showed something. */
const findLeaks = async (
  run: (sql: string, mode: (typeof MODES)[number]) => Promise<string>,
): Promise<string[]> => {
  const leaks: string[] = []
  for (const mode of MODES) {
    for (const sql of NEEDING_HARDENING) if (SECRETS.test(await run(sql, mode))) leaks.push(sql)
  }
  return leaks
}

describe('hardening, without the guard, on a PostgreSQL in this process', () => {
  const names = { reader: 'athena_reader', writer: 'athena_writer', migrator: 'athena_migrator' }
  let client: Awaited<ReturnType<typeof openPglite>>
  const hash = () =>
    hashValues(async (sql) => (await client.query<unknown[]>(sql, [], { rowMode: 'array' })).rows)

  const runAs = (role: string) => async (sql: string, mode: string) => {
    await client.exec(`set session authorization ${role}`)
    await client.exec(`begin ${mode}; set local app.tenant_id = 'tenant-a'`)
    const shown = await client.query(sql).then(
      async ({ rows }) => {
        await client.exec(mode === 'read only' ? 'rollback' : 'commit')
        return JSON.stringify(rows)
      },
      async () => {
        await client.exec('rollback')
        return ''
      },
    )
    await client.exec('set session authorization postgres; reset all')
    return shown
  }

  beforeAll(async () => {
    client = await openPglite()
    await client.exec(WORLD_SQL)
    await client.exec(await readScript('roles.sql', { ...names, password: 'x', schemas: 'public' }))
  })
  afterAll(() => client.close())

  test('is needed, and takes away what shows rows of another tenant or leaves something behind', async () => {
    const fresh = await hash()
    expect(await findLeaks(runAs(names.reader))).not.toEqual([])
    expect(await hash()).not.toBe(fresh)
    await client.exec(await readScript('hardening.sql', { ...names, keep: 'postgres' }))
    const hardened = await hash()
    for (const role of [names.reader, names.writer]) {
      expect(await findLeaks(runAs(role))).toEqual([])
    }
    expect(await hash()).toBe(hardened)
  })

  test('takes away messages, locks and waiting', async () => {
    await client.exec(await readScript('hardening.sql', { ...names, keep: 'postgres' }))
    await client.exec(`set session authorization ${names.reader}`)
    for (const sql of [
      "select pg_notify('a', 'b')",
      'select pg_advisory_lock(1)',
      'select pg_sleep(0)',
    ]) {
      await expect(client.query(sql)).rejects.toThrow('permission denied')
    }
    await client.exec('set session authorization postgres')
  })
})

describe.skipIf(server === '' || admin === '')(
  'hardening, without the guard, on PostgreSQL (ATHENA_TEST_POSTGRES_ADMIN_URL)',
  () => {
    let world: World
    beforeAll(async () => {
      world = await openWorld()
    })
    afterAll(() => world.close())

    test('is needed, takes that away, and leaves the tools what they need', async () => {
      const asReader = (sql: string, mode: (typeof MODES)[number]) =>
        runUnguarded(world.readerUrl, sql, mode)
      expect(await findLeaks(asReader)).not.toEqual([])
      await world.harden()
      const hardened = await hashDatabase(world.owner)
      expect(await findLeaks(asReader)).toEqual([])
      expect(await findLeaks((sql, mode) => runUnguarded(world.writerUrl, sql, mode))).toEqual([])
      expect(await hashDatabase(world.owner)).toBe(hardened)
      const ops = await world.open('query')
      expect(await ops.query('select count(*) as n from memories')).toMatchObject({
        rows: [{ n: 20 }],
      })
    })
  },
)
