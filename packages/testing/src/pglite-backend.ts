import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  createPostgresEngine,
  migratePostgres,
  postgresDatabase,
} from '@athena-memory/db-core/postgres'
import { createPgliteDriver, openPglite } from './pglite-driver.ts'
import { truncateAll } from './truncate-all.ts'
import type { Backend } from './test-database.ts'

/** PGlite with pgvector, in this process; statements run as `athena_app`, not as its superuser. */
export const pgliteBackend: Backend = {
  name: 'pglite',
  async open() {
    const client = await openPglite(await migratedDump())
    const driver = createPgliteDriver(client)
    await client.exec(`
      select set_config('athena.tenant_id', 'default', false);
      set role athena_app`)
    const database = postgresDatabase(createPostgresEngine(driver), {
      tenantId: 'default',
      location: 'pglite',
      migrate: async () => 0,
    })
    const executeAsOwner = (sql: string, params: readonly unknown[] = []) =>
      driver.begin('isolation level read committed', async (connection) => {
        await connection.execute('set local role postgres', [])
        return connection.execute(sql, params)
      })
    return {
      ...database,
      execute: (sql, params = []) => driver.execute(sql, params),
      executeAsOwner,
      empty: () => truncateAll(database.tables, executeAsOwner),
    }
  },
}

/** To make and migrate a PGlite takes seconds: it is done once for each state of db-core. */
const migratedDump = async (): Promise<Blob> => {
  const folder = join(tmpdir(), 'athena-pglite')
  const path = join(folder, `${databaseVersion()}.tar`)
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true })
    const unfinished = `${path}.${process.pid}`
    writeFileSync(unfinished, await makeDump())
    renameSync(unfinished, path)
  }
  return new Blob([readFileSync(path)])
}

const makeDump = async (): Promise<Uint8Array> => {
  const client = await openPglite()
  await migratePostgres(createPostgresEngine(createPgliteDriver(client)))
  const dump = await client.dumpDataDir('none')
  await client.close()
  return new Uint8Array(await dump.arrayBuffer())
}

/** A hash of everything that shapes a migrated database. */
const databaseVersion = (): string => {
  const root = fileURLToPath(new URL('../../db-core/', import.meta.url))
  const hash = createHash('sha256')
  for (const folder of ['migrations/postgres', 'src/migrations', 'src/postgres']) {
    for (const file of filesIn(join(root, folder))) hash.update(readFileSync(file))
  }
  return hash.digest('hex').slice(0, 16)
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
