import { join } from 'node:path'
import {
  createPostgresEngine,
  migratePostgres,
  postgresDatabase,
} from '@athena-memory/db-core/postgres'
import { createPgliteDriver, openPglite } from '@athena-memory/testing'
import { sampleProject } from '@athena-memory/testing/sample-rows'
import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { backup, restore } from '../src/index.ts'
import { contentsOf, temporaryFolder } from './places.ts'
import { fillDatabase } from './sample-memory.ts'

it('a superuser, whom row level security lets through, moves the rows of one tenant only', async () => {
  const engine = createPostgresEngine(createPgliteDriver(await openPglite()))
  await migratePostgres(engine)
  const about = { tenantId: 'default', location: 'pglite', migrate: async () => 0 }
  const database = postgresDatabase(engine, about)
  const [mine, theirs] = [await database.forTenant('mine'), await database.forTenant('theirs')]
  const rows = await fillDatabase(mine)
  const file = join(temporaryFolder(), 'backup')
  expect((await backup(mine, file)).tables).toEqual(rows)

  // The other tenant has rows with the same ids, and some of its own.
  await restore(theirs, file)
  const { query, tables } = theirs
  const ofTheirs = eq(tables.memories.tenantId, 'theirs')
  await query.update(tables.memories).set({ supersededBy: null }).where(ofTheirs)
  await query.insert(tables.projects).values(sampleProject('theirs'))
  const before = await contentsOf(theirs)
  expect(before['projects']?.rows).toBe(3)

  expect((await restore(mine, file, { replace: true })).tables).toEqual(rows)
  expect((await backup(mine, `${file} again`)).tables).toEqual(rows)
  expect(await contentsOf(theirs)).toEqual(before)
  await database.close()
})
