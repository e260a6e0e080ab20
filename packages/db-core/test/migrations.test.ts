import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { createEmptyPostgres, describeEachBackend } from '@athena-memory/testing'
import { sampleProject } from '@athena-memory/testing/sample-rows'
import { createClient } from '@libsql/client'
import { sql } from 'drizzle-orm'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Dialect, openDatabase, parseDatabaseUrl } from '../src/index.ts'
import { formerVersion, versions } from './migrations/former-version.ts'
import { expectedObjects, foundObjects } from './migrations/schema-objects.ts'
import { messageOf, startWorker } from './start-worker.ts'

const packageFolder = dirname(import.meta.dirname)
const server = process.env['ATHENA_TEST_POSTGRES_URL']

/** A database that no version of Athena has seen. */
interface Blank {
  readonly url: string
  run(statements: readonly string[]): Promise<void>
}

const blankFile = async (): Promise<Blank> => {
  const folder = mkdtempSync(join(tmpdir(), 'athena-migrations-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const url = `file:${join(folder, 'memory.db')}`
  const run = async (statements: readonly string[]) => {
    const client = createClient({ url })
    await client.batch([...statements], 'write')
    client.close()
  }
  return { url, run }
}

const blankPostgres = (address: string) => async (): Promise<Blank> => {
  const { url, execute, drop } = await createEmptyPostgres(address)
  onTestFinished(drop)
  const run = (statements: readonly string[]) =>
    execute(["set athena.tenant_id = 'default'", ...statements].join('\n;\n'))
  return { url, run }
}

const blanks: { dialect: Dialect; blank: () => Promise<Blank> }[] = [
  { dialect: 'sqlite', blank: blankFile },
  ...(server ? [{ dialect: 'postgres' as const, blank: blankPostgres(server) }] : []),
]

const open = ({ url }: Blank) => openDatabase(parseDatabaseUrl(url, {}))

describeEachBackend('the migrations', (database) => {
  it('make exactly the tables, indexes, triggers, policies and functions listed here', async () => {
    expect(await foundObjects(database())).toEqual(expectedObjects[database().dialect])
  })

  it('are not applied again', async () => {
    expect(await database().migrate()).toBe(0)
    expect((await database().health()).migrations).toEqual({
      applied: versions(database().dialect),
      pending: 0,
    })
  })
})

describe.each(blanks)('migrating $dialect', ({ dialect, blank }) => {
  it('happens once, however many processes open an empty database together', async () => {
    const empty = await blank()
    const workers = [1, 2, 3].map(() => startWorker('open-database', [empty.url]))
    await Promise.all(workers.map(messageOf))
    for (const worker of workers) worker.send('open')
    const found = await Promise.all(workers.map(messageOf))
    expect(found).toEqual(workers.map(() => ({ applied: versions(dialect), pending: 0 })))
  })

  it('happens once for callers in one process', async () => {
    const empty = await blank()
    const opened = await Promise.all([open(empty), open(empty), open(empty)])
    const states = await Promise.all(opened.map((each) => each.health()))
    for (const { migrations } of states) {
      expect(migrations).toEqual({ applied: versions(dialect), pending: 0 })
    }
    await Promise.all(opened.map((each) => each.close()))
  })

  it('keeps what was written before', async () => {
    const former = await blank()
    const extension = dialect === 'postgres' ? ['create extension if not exists vector'] : []
    const now = dialect === 'postgres' ? 'now()' : '1767225600000'
    await former.run([
      ...extension,
      ...formerVersion(dialect, 1),
      `insert into projects (id, name, settings, created_at, updated_at)
       values ('kept', 'written before', '{}', ${now}, ${now})`,
    ])
    const database = await open(former)
    const { query, tables } = database
    expect((await database.health()).migrations?.pending).toBe(0)
    expect(await query.select({ id: tables.projects.id }).from(tables.projects)).toEqual([
      { id: 'kept' },
    ])
    await query.insert(tables.projects).values(sampleProject('written after'))
    await database.close()
  })

  it('refuses a database that a newer version wrote, and leaves it as it is', async () => {
    const newer = await blank()
    await (await open(newer)).close()
    await newer.run([`insert into athena_migrations values ('of a later version', '2030-01-01')`])
    await expect(open(newer)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('update Athena'),
    })
  })

  it('leaves nothing behind where it fails', async () => {
    const occupied = await blank()
    await occupied.run(['create table memories (id text)'])
    await expect(open(occupied)).rejects.toMatchObject({ name: 'StorageError' })
    await occupied.run(['drop table memories'])
    const database = await open(occupied)
    expect((await database.health()).migrations?.pending).toBe(0)
    await database.close()
  })
})

describe.each(blanks.filter(({ dialect }) => dialect === 'postgres'))(
  'migrating vectors on $dialect',
  ({ dialect, blank }) => {
    it('keeps those of every tenant, and gives them codes and the rows of their documents', async () => {
      const former = await blank()
      const tenants = ['default', 'other']
      const forced = ['projects', 'documents', 'embedding_spaces', 'embeddings']
      await former.run([
        'create extension if not exists vector',
        ...formerVersion(dialect, 4),
        ...tenants.flatMap((tenant) => [
          `insert into projects (tenant_id, id, name, settings, created_at, updated_at)
           values ('${tenant}', 'p', 'p', '{}', now(), now())`,
          `insert into documents (tenant_id, id, project_id, layer, source_id, kind, content, tags, stems, pieces,
             length, created_at, updated_at)
           values ('${tenant}', 'd', 'p', 'semantic', 'd', 'fact', '', '[]', '', '', 0, now(), now())`,
          `insert into embedding_spaces values ('${tenant}', 's', '', '', 3, '', '', '', '', now())`,
          `insert into embeddings (tenant_id, space_id, document_id, piece, dimensions, bits, vector)
           values ('${tenant}', 's', 'd', 0, 3, '', '[1,-1,0.5]')`,
        ]),
        // As migrations leave them.
        ...forced.map((table) => `alter table ${table} force row level security`),
      ])
      const database = await open(former)
      for (const tenant of tenants) {
        const { query, tables } = await database.forTenant(tenant)
        const [row] = await query
          .select({
            vector: tables.embeddings.vector,
            code: sql`code::text`,
            isFound: sql`document_row = ${tables.documents.rowNumber}`,
          })
          .from(tables.embeddings)
          .crossJoin(tables.documents)
        expect(row).toEqual({ vector: Float32Array.of(1, -1, 0.5), code: '101', isFound: true })
      }
      await database.close()
    })
  },
)

describe.each(['postgres', 'sqlite'])('drizzle-kit for %s', (dialect) => {
  it('finds no difference between the tables and the migrations', async () => {
    const folder = mkdtempSync(join(packageFolder, 'test', '.generate-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const migrations = join(folder, 'migrations')
    cpSync(join(packageFolder, 'migrations', dialect), migrations, { recursive: true })
    const before = readdirSync(migrations, { recursive: true })
    const config = join(folder, 'drizzle.config.ts')
    writeFileSync(
      config,
      `import config from '../../drizzle.${dialect}.config.ts'
       export default { ...config, out: './test/${basename(folder)}/migrations' }`,
    )
    const manifest = createRequire(import.meta.url).resolve('drizzle-kit')
    const bin = join(dirname(manifest), 'bin.cjs')
    expect(existsSync(bin)).toBe(true)
    const generate = [bin, 'generate', '--config', config]
    const { stdout } = await promisify(execFile)(process.execPath, generate, { cwd: packageFolder })
    expect(stdout).toContain('No schema changes')
    expect(readdirSync(migrations, { recursive: true })).toEqual(before)
  })
})
