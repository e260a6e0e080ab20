import { connectPostgres, createEmptyPostgres, openPglite } from '@athena-memory/testing'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { checkRole } from '../src/connection/check-role.ts'
import { type Level, openPostgresOps } from '../src/index.ts'
import { server } from './open-world.ts'
import { readPglite } from './read-pglite.ts'

/** What a role is made with, and what it is then called. */
const DANGERS: readonly (readonly [string, string])[] = [
  ['alter role agent superuser', 'superuser'],
  ['alter role agent bypassrls', 'BYPASSRLS'],
  ['alter role agent createrole', 'CREATEROLE'],
  ['alter role agent replication', 'REPLICATION'],
  ['grant pg_read_server_files to agent', 'pg_read_server_files'],
  ['grant pg_write_server_files to agent', 'pg_write_server_files'],
  ['grant pg_execute_server_program to agent', 'pg_execute_server_program'],
  ['grant pg_monitor to agent', 'pg_monitor'],
  ['grant pg_read_all_settings to agent', 'pg_read_all_settings'],
  ['create role makers createrole; grant makers to agent', 'CREATEROLE'],
  ['create role passers bypassrls; grant passers to agent', 'BYPASSRLS'],
]

describe('a login role, on a PostgreSQL in this process', () => {
  let client: Awaited<ReturnType<typeof openPglite>>

  /** What `checkRole` says of a role that was made so. */
  const check = async (sql: string, level: Level = 'query') => {
    await client.exec(`begin; create role agent login; ${sql}; set session authorization agent`)
    try {
      return await checkRole(readPglite(client), level)
    } finally {
      await client.exec('rollback')
      await client.exec('set session authorization postgres')
    }
  }

  beforeAll(async () => {
    client = await openPglite()
  })
  afterAll(() => client.close())

  it.each(DANGERS)('is refused after %s', async (sql, danger) => {
    const checking = check(sql)
    await expect(checking).rejects.toMatchObject({ code: 'unsafe-role' })
    await expect(checking).rejects.toThrow(danger)
  })

  it('is taken where it can do little, and see what other sessions do', async () => {
    expect(await check('select 1')).toMatchObject({ role: 'agent' })
    expect(await check('grant pg_read_all_stats to agent')).toMatchObject({ role: 'agent' })
  })

  it('may alter as a member of an owner that makes roles, and not make them itself', async () => {
    const member = 'create role owner createrole; grant owner to agent'
    expect(await check(member, 'alter')).toMatchObject({ role: 'agent' })
    await expect(check(member, 'execute')).rejects.toThrow('CREATEROLE')
    await expect(check('alter role agent createrole', 'alter')).rejects.toThrow('CREATEROLE')
  })
})

describe.skipIf(server === '')('a login role, on PostgreSQL', () => {
  it('is refused at the start', async () => {
    const { url, createLogin, drop } = await createEmptyPostgres(server)
    onTestFinished(drop)
    const login = await createLogin()
    const owner = await connectPostgres(url)
    await owner.query(`grant pg_read_server_files to ${login.role}`)
    const opening = openPostgresOps({ url: login.url, level: 'query' })
    await expect(opening).rejects.toMatchObject({ code: 'unsafe-role' })
    await expect(opening).rejects.toThrow('pg_read_server_files')
    await owner.query(
      `revoke pg_read_server_files from ${login.role}; alter role ${login.role} createrole`,
    )
    const again = openPostgresOps({ url: login.url, level: 'alter' })
    await expect(again).rejects.toThrow(`the role ${login.role} is, or is a member of: CREATEROLE.`)
    await owner.end()
  })
})
