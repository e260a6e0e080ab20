import { afterAll, beforeAll, beforeEach, describe } from 'vitest'
import { libsqlBackend } from './libsql-backend.ts'
import { pgliteBackend } from './pglite-backend.ts'
import { postgresBackend } from './postgres-backend.ts'
import type { Backend, TestDatabase } from './test-database.ts'

const url = process.env['ATHENA_TEST_POSTGRES_URL']

/** libSQL and PGlite always; PostgreSQL where `ATHENA_TEST_POSTGRES_URL` is set. */
export const backends: readonly Backend[] = [
  libsqlBackend,
  pgliteBackend,
  ...(url ? [postgresBackend(url)] : []),
]

/**
 * Describes the same behaviour on every backend. Each gets one database for the file, emptied
 * before every test.
 *
 * @param suite calls its argument inside tests and hooks to get the database
 */
export const describeEachBackend = (
  title: string,
  suite: (database: () => TestDatabase, backend: Backend) => void,
): void => describeBackends(backends, title, suite)

/** Like `describeEachBackend`, on PGlite and PostgreSQL only. */
export const describeEachPostgres: typeof describeEachBackend = (title, suite) =>
  describeBackends(
    backends.filter(({ name }) => name !== 'libsql'),
    title,
    suite,
  )

const describeBackends = (
  chosen: readonly Backend[],
  title: string,
  suite: Parameters<typeof describeEachBackend>[1],
): void =>
  describe.each(chosen)(`${title} on $name`, (backend) => {
    let opened: TestDatabase | undefined
    const database = () => {
      if (!opened) throw new Error('The database is there inside tests and hooks only.')
      return opened
    }
    beforeAll(async () => {
      opened = await backend.open()
    })
    beforeEach(() => database().empty())
    afterAll(() => opened?.close())
    suite(database, backend)
  })
