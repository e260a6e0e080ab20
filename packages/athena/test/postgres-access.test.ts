import { backends, createEmptyPostgres } from '@athena-memory/testing'
import { describe, expect, it, onTestFinished } from 'vitest'
import { describePostgresOperations, openAthena } from '../src/index.ts'

const server = process.env['ATHENA_TEST_POSTGRES_URL']
const foreign = 'postgres://reader@db.example.org/shop'

const namesOf = async (options: Parameters<typeof describePostgresOperations>[0]) =>
  (await describePostgresOperations({ env: {}, ...options })).map(({ name }) => name)

describe('operations on a PostgreSQL', () => {
  it('are granted by level, and by nobody unless somebody says so', async () => {
    expect(await namesOf({ database: foreign })).toEqual([])
    const looking = await namesOf({ database: foreign, postgresOps: 'query' })
    expect(looking).toEqual(expect.arrayContaining(['postgres.query', 'postgres.health-check']))
    expect(looking).not.toContain('postgres.execute')
    const env = { ATHENA_POSTGRES_OPS: 'alter', ATHENA_POSTGRES_OPS_URL: foreign }
    expect(await namesOf({ env })).toEqual(
      expect.arrayContaining(['postgres.execute', 'postgres.schema-alter', 'postgres.heal']),
    )
    await expect(namesOf({ env: { ...env, ATHENA_POSTGRES_OPS: 'all' } })).rejects.toThrow(
      'ATHENA_POSTGRES_OPS must be one of query, execute, alter',
    )
  })

  it('are absent where the memory is a file', async () => {
    expect(await namesOf({ database: 'file:memory.db', postgresOps: 'alter' })).toEqual([])
    const database = await backends[0]?.open()
    const athena = await openAthena({ database, env: {}, postgresOps: 'query' })
    onTestFinished(() => athena.close())
    const names = athena.operations.list().map(({ name }) => name)
    expect(names.filter((name) => name.startsWith('postgres.'))).toEqual([])
  })

  it.runIf(server)('look into a database that holds no memory', async () => {
    const { createLogin, drop } = await createEmptyPostgres(server ?? '')
    const { url } = await createLogin()
    const database = await backends[0]?.open()
    const env = { ATHENA_POSTGRES_OPS_URL: url }
    const athena = await openAthena({ database, env, postgresOps: 'query' })
    onTestFinished(async () => {
      await athena.close()
      await drop()
    })
    const sql = 'select 6 * 7 as answer'
    expect(await athena.operations.call('postgres.query', { sql })).toMatchObject({
      rows: [{ answer: 42 }],
    })
    const change = athena.operations.call('postgres.query', { sql: 'create table t (a int)' })
    await expect(change).rejects.toThrow('does not read')
  })
})
