import { chmod, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createEmptyPostgres } from '@athena-memory/testing'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checkNode } from '../src/doctor/check-node.ts'
import { prepareBundle } from './cli/bundle.ts'
import { makePlace, type Place } from './cli/run-athena.ts'

let place: Place
beforeAll(prepareBundle)
beforeEach(async () => {
  place = await makePlace()
})
afterEach(() => place.remove())

interface Report {
  readonly code: number | null
  readonly status: unknown
  readonly checks: Record<string, { status: string; detail: string; advice?: string }>
}

const examine = async (
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Report> => {
  const { code, stdout } = await place.athena(['doctor', '--json', ...args], { env })
  const { status, checks } = JSON.parse(stdout)
  return {
    code,
    status,
    checks: Object.fromEntries(checks.map((check: { name: string }) => [check.name, check])),
  }
}

describe('athena doctor', () => {
  it('finds nothing wrong with a new memory', async () => {
    await place.athena(['remember', 'All is well'])
    const { code, status, checks } = await examine([])
    expect([code, status]).toEqual([0, 'pass'])
    expect(Object.keys(checks)).toEqual([
      'node',
      'database',
      'migrations',
      'fallback',
      'integrity',
      'log',
      'permissions',
      'disk',
      'embedder',
      'embeddings',
    ])
    expect((await place.athena(['doctor'])).stdout).toMatch(/^pass +integrity +sound$/m)
  })

  it('says what to do about a file that others can read', async () => {
    await place.athena(['remember', 'All is well', '--db', 'file:open.db'])
    await chmod(join(place.home, 'open.db'), 0o644)
    const { code, status, checks } = await examine(['--db', 'file:open.db'])
    expect([code, status]).toEqual([0, 'warn'])
    expect(checks['permissions']?.advice).toMatch(/^chmod 600 .*open\.db/)
  })

  it('fails where the file is no database', async () => {
    await writeFile(join(place.home, 'letter.db'), 'Dear diary. '.repeat(1000))
    const { code, status, checks } = await examine(['--db', 'file:letter.db'])
    expect([code, status, checks['database']?.status]).toEqual([1, 'fail', 'fail'])
  })

  it.each([
    ['the usual place', [], {}],
    ['a place given', ['--db', 'file:not/there.db'], {}],
    ['a tenant', ['--db', 'file:there.db'], { ATHENA_TENANT_ID: 'acme' }],
  ])('makes no file where none is, in %s', async (_, args, env) => {
    const { code, status, checks } = await examine(args, env)
    expect([code, status]).toEqual([0, 'warn'])
    expect(checks['database']?.detail).toMatch(/^no file is at \/.*(memory|there)(\.acme)?\.db$/)
    expect(checks['database']?.advice).toMatch(/athena migrate/)
    expect(await readdir(place.home)).toEqual([])
    await place.json(['remember', 'Now there is one', ...args], { env })
    expect(await examine(args, env)).toMatchObject({ code: 0, status: 'pass' })
  })

  it('makes no fallback where none is', async () => {
    const env = { ATHENA_DB_FALLBACK: 'sqlite' }
    const { code, checks } = await examine(['--db', 'postgres://127.0.0.1:1/athena'], env)
    expect([code, checks['database']?.status]).toEqual([1, 'fail'])
    expect(await readdir(place.home)).toEqual([])
  })

  it('names the flag of an address that cannot be right', async () => {
    const { code, checks } = await examine(['--db', 'mysql://x'])
    expect([code, checks['database']?.status]).toEqual([1, 'fail'])
    expect(checks['database']?.detail).toBe('--db must start with file: or postgres://')
  })

  it('fails where PostgreSQL is not there, and shows no password', async () => {
    const { stdout, code } = await place.athena([
      'doctor',
      '--db',
      'postgres://ada:hunter2@127.0.0.1:1/athena',
    ])
    expect(code).toBe(1)
    expect(stdout).toMatch(/^fail +database/m)
    expect(stdout).not.toMatch(/hunter2/)
  })

  it('warns of an embedder that does not answer, and of what is pending', async () => {
    const env = { ATHENA_EMBEDDER: 'ollama', ATHENA_EMBEDDING_URL: 'http://127.0.0.1:1' }
    expect((await place.athena(['remember', 'Written all the same'], { env })).code).toBe(0)
    const { code, status, checks } = await examine([], env)
    expect([code, status]).toEqual([0, 'warn'])
    expect(checks['embedder']?.status).toBe('warn')
    expect(checks['embeddings']).toMatchObject({ status: 'warn', advice: 'athena embed' })
    expect(await place.json(['embed'])).toMatchObject({ embedded: 1, remaining: 0 })
    expect((await examine([])).status).toBe('pass')
  })

  it('warns while the fallback is in use', async () => {
    const env = {
      ATHENA_DATABASE_URL: 'postgres://127.0.0.1:1/athena',
      ATHENA_DB_FALLBACK: 'sqlite',
    }
    await place.athena(['remember', 'Written into the fallback'], { env })
    const { code, checks } = await examine([], env)
    expect([code, checks['fallback']?.status]).toEqual([0, 'warn'])
  })
})

describe('the check of Node', () => {
  it('passes from 20.19 on', () => {
    const versions = ['18.20.0', '20.18.9', '20.19.0', '22.0.0']
    expect(versions.map((version) => checkNode(version).status)).toEqual([
      'fail',
      'fail',
      'pass',
      'pass',
    ])
  })
})

const server = process.env['ATHENA_TEST_POSTGRES_URL']

describe.runIf(server)('athena doctor on PostgreSQL', () => {
  it('fails as the owner of the tables, and passes as the application', async () => {
    const { url, drop } = await createEmptyPostgres(server ?? '')
    try {
      await place.athena(['migrate', '--db', url])
      const owner = await examine(['--db', url])
      expect([owner.code, owner.checks['role']?.status]).toEqual([1, 'fail'])
      expect(owner.checks['role']?.advice).toMatch(/athena_app/)
      const app = await examine(['--db', url], { ATHENA_POSTGRES_ROLE: 'athena_app' })
      expect([app.code, app.checks['role']?.status]).toEqual([0, 'pass'])
      expect(app.checks['pgvector']?.detail).toMatch(/^(pgvector )?\d+\.\d+/)
    } finally {
      await drop()
    }
  })
})
