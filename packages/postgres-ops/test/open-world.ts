import { randomBytes } from 'node:crypto'
import { connectPostgres, createEmptyPostgres } from '@athena-memory/testing'
import type pg from 'pg'
import { openPostgresOps, type AuditedCall, type Level, type PostgresOps } from '../src/index.ts'
import { readScript } from './run-script.ts'
import { WORLD_SQL } from './world-sql.ts'

/** The server for tests; tests that need it are skipped by name without it. */
export const server = process.env['ATHENA_TEST_POSTGRES_URL'] ?? ''

/** The address of a superuser of that server; tests that need one are skipped by name without it. */
export const admin = process.env['ATHENA_TEST_POSTGRES_ADMIN_URL'] ?? ''

/** A small application's database, with two tenants and the three login roles. */
export interface World {
  readonly ownerUrl: string
  readonly readerUrl: string
  readonly writerUrl: string
  readonly migratorUrl: string
  readonly owner: pg.Client
  /** Calls that were written down by what `open` gave. */
  readonly calls: AuditedCall[]
  /** Runs `hardening.sql`, for which there must be an `admin`. */
  harden(): Promise<void>
  open(level: Level, options?: Partial<Parameters<typeof openPostgresOps>[0]>): Promise<PostgresOps>
  close(): Promise<void>
}

export const TENANT = { setting: 'app.tenant_id', id: 'tenant-a' }

export const openWorld = async (): Promise<World> => {
  const database = await createEmptyPostgres(server)
  const suffix = randomBytes(4).toString('hex')
  const names = {
    reader: `ops_reader_${suffix}`,
    writer: `ops_writer_${suffix}`,
    migrator: `ops_migrator_${suffix}`,
  }
  const owner = await connectPostgres(database.url)
  await owner.query(WORLD_SQL)
  await owner.query(
    await readScript('roles.sql', { ...names, password: 'for-tests', schemas: 'public' }),
  )
  // To see and end what they do.
  await owner.query(`grant ${names.reader}, ${names.writer} to current_user`)
  const as = (role: string): string => {
    const url = new URL(database.url)
    url.username = role
    url.password = 'for-tests'
    return url.href
  }
  const urls = { query: as(names.reader), execute: as(names.writer), alter: as(names.migrator) }
  const calls: AuditedCall[] = []
  const opened: PostgresOps[] = []
  return {
    ownerUrl: database.url,
    readerUrl: urls.query,
    writerUrl: urls.execute,
    migratorUrl: urls.alter,
    owner,
    calls,
    async harden() {
      const { username: keep, pathname } = new URL(database.url)
      const url = Object.assign(new URL(admin), { pathname })
      const superuser = await connectPostgres(url.href)
      await superuser.query(await readScript('hardening.sql', { ...names, keep }))
      await superuser.end()
    },
    async open(level, options = {}) {
      const audit = async (call: AuditedCall) => void calls.push(call)
      const ops = await openPostgresOps({
        url: urls[level],
        level,
        tenant: TENANT,
        audit,
        ...options,
      })
      opened.push(ops)
      return ops
    },
    async close() {
      await Promise.all(opened.map((ops) => ops.close()))
      await owner.end()
      await database.drop()
      const maker = await connectPostgres(server)
      for (const name of Object.values(names)) await maker.query(`drop role ${name}`)
      await maker.end()
    },
  }
}
