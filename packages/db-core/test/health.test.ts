import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEmptyPostgres, describeEachBackend } from '@athena-memory/testing'
import { sampleProject } from '@athena-memory/testing/sample-rows'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  type Database,
  type DatabaseHealth,
  loadConfig,
  openDatabase,
  parseDatabaseUrl,
} from '../src/index.ts'

const temporaryPath = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'athena-health-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return join(folder, 'memory.db')
}

/** An address at which nothing listens. */
const closedPort = async (): Promise<string> => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return `postgres://u:hidden@127.0.0.1:${address.port}/athena`
}

const countProjects = async ({ query, tables }: Database) => query.$count(tables.projects)

describeEachBackend('health', (database, { name }) => {
  it('says what the database is and that its tables are up to date', async () => {
    const health = await database().health()
    const isPostgres = name !== 'libsql'
    expect(health).toMatchObject({
      dialect: isPostgres ? 'postgres' : 'sqlite',
      latencyMs: expect.any(Number),
      version: expect.stringMatching(isPostgres ? /^PostgreSQL \d+/ : /^SQLite 3\./),
      migrations: { pending: 0 },
      pool: { waiting: 0 },
    })
    expect(health.migrations?.applied).toBeGreaterThan(0)
    const old = /CVE/
    expect(health.warnings.filter((warning) => !old.test(warning))).toEqual([])
    expect(health.pgvectorVersion !== undefined).toBe(isPostgres)
  })

  it('counts what connections do', async () => {
    expect(database().poolStats()).toMatchObject({ inFlight: 0, waiting: 0, utilisation: 0 })
    const { max } = database().poolStats()
    await database().transaction(async (tx) => {
      await countProjects(tx)
      const busy = database().poolStats()
      expect(busy).toMatchObject({ inFlight: 1, max, utilisation: 1 / max })
      expect(busy.size).toBeGreaterThan(0)
    })
  })

  it('gives each tenant a memory of its own', async () => {
    const other = await database().forTenant('acme')
    onTestFinished(() => other.close())
    const { query, tables } = other
    await query.insert(tables.projects).values(sampleProject('theirs'))
    expect([other.tenantId, database().tenantId]).toEqual(['acme', 'default'])
    expect([await countProjects(other), await countProjects(database())]).toEqual([1, 0])
    expect((await other.health()).status).toBe((await database().health()).status)
  })
})

describe('health of a database that is gone', () => {
  it('says so and does not reject', async () => {
    const path = temporaryPath()
    const database = await openDatabase({ type: 'sqlite', path, tenantId: 'default' })
    rmSync(path)
    const health: DatabaseHealth = await database.health()
    expect(health).toMatchObject({ status: 'unavailable', dialect: 'sqlite' })
    expect(health.warnings).toEqual([expect.stringContaining('removed')])
    await database.close()
  })
})

describe('openDatabase', () => {
  it('opens a file and closes it', async () => {
    const path = temporaryPath()
    const database = await openDatabase(loadConfig({ ATHENA_DB_PATH: path }))
    expect(database).toMatchObject({ location: path, dialect: 'sqlite' })
    await database.close()
    await expect(countProjects(database)).rejects.toMatchObject({ code: 'unavailable' })
  })

  it('leaves tables alone when told, says what is pending, and migrates later', async () => {
    const config = loadConfig({ ATHENA_DB_PATH: temporaryPath() })
    const database = await openDatabase(config, { migrate: false })
    const before = await database.health()
    expect(before.status).toBe('degraded')
    expect(before.warnings).toEqual([expect.stringContaining('run: athena migrate')])
    expect(await database.migrate()).toBe(before.migrations?.pending)
    expect(await database.migrate()).toBe(0)
    expect((await database.health()).status).toBe('ok')
    await database.close()
  })

  it('refuses where PostgreSQL cannot be reached, without the password', async () => {
    const url = await closedPort()
    const opening = openDatabase(parseDatabaseUrl(url, {}))
    await expect(opening).rejects.toMatchObject({
      code: 'unavailable',
      retryable: true,
      message: expect.not.stringContaining('hidden'),
    })
  })

  it('opens a file instead only where that is allowed, and warns of it', async () => {
    const path = temporaryPath()
    const env = { ATHENA_DB_FALLBACK: 'sqlite', ATHENA_DB_PATH: path }
    const warnings: string[] = []
    const database = await openDatabase(parseDatabaseUrl(await closedPort(), env), {
      onWarning: (warning) => warnings.push(warning),
    })
    expect(database).toMatchObject({ dialect: 'sqlite', location: path })
    expect(warnings).toEqual([expect.stringContaining('ATHENA_DB_FALLBACK')])
    expect(await database.health()).toMatchObject({ status: 'degraded', warnings })
    await database.close()
  })
})

const server = process.env['ATHENA_TEST_POSTGRES_URL'] ?? ''

describe.runIf(server)('a PostgreSQL server', () => {
  const fallback = (path: string) => ({ ATHENA_DB_FALLBACK: 'sqlite', ATHENA_DB_PATH: path })

  it('that refuses the user or lacks the database says what to check', async () => {
    const wrong = new URL(server)
    wrong.username = 'no_such_user'
    await expect(openDatabase(parseDatabaseUrl(wrong.href, {}))).rejects.toThrow('the user name')
    const missing = new URL(server)
    missing.pathname = 'no_such_database'
    await expect(openDatabase(parseDatabaseUrl(missing.href, {}))).rejects.toThrow('does not exist')
  })

  it('without pgvector says what an administrator has to do', async () => {
    const { createLogin, drop } = await createEmptyPostgres(server, { template: 'template0' })
    onTestFinished(drop)
    const { url } = await createLogin()
    await expect(openDatabase(parseDatabaseUrl(url, {}))).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/pgvector is not there.* run: create extension vector/),
    })
    const opened = await openDatabase(parseDatabaseUrl(url, fallback(temporaryPath())))
    expect((await opened.health()).warnings).toEqual([expect.stringContaining('pgvector')])
    await opened.close()
  })

  it('whose owner is used warns that it could lift the policies', async () => {
    const { url, drop } = await createEmptyPostgres(server)
    onTestFinished(drop)
    const database = await openDatabase(parseDatabaseUrl(url, fallback(temporaryPath())))
    const health = await database.health()
    expect(database.dialect).toBe('postgres')
    expect(database.location).not.toContain(new URL(url).password)
    expect(health.status).toBe('degraded')
    expect(health.warnings).toContainEqual(expect.stringContaining('owns the tables'))
    expect(health.pool.size).toBeGreaterThan(0)
    await database.close()
  })
})
