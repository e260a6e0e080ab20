import { createEmptyPostgres } from '@athena-memory/testing'
import { openConnection } from '../../src/connection/connection.ts'
import { createCatalogue, type Catalogue } from '../../src/health/catalogue.ts'

/** A database of its own on a real server. */
export interface TestPostgres extends Catalogue {
  /** Runs several statements as the owner. */
  execute(sql: string): Promise<void>
  /** Another session. */
  connect(): Promise<TestSession>
  close(): Promise<void>
}

/** One session of a test. */
export interface TestSession extends Catalogue {
  execute(sql: string): Promise<void>
  close(): Promise<void>
}

/** The address of the server; the tests are skipped where there is none. */
export const SERVER = process.env['ATHENA_TEST_POSTGRES_URL']

const openSession = (url: string): TestSession => {
  const connection = openConnection({ url, applicationName: 'test' })
  return {
    ...createCatalogue(connection),
    execute: (sql) => connection.command(sql),
    close: () => connection.close(),
  }
}

/** Makes an empty database; from `template1` it has the extensions of the server's administrator. */
export const openTestPostgres = async (template = 'template0'): Promise<TestPostgres> => {
  const { url, drop } = await createEmptyPostgres(SERVER ?? '', { template })
  const sessions = [openSession(url)]
  const [session = openSession(url)] = sessions
  return {
    ...session,
    async connect() {
      const another = openSession(url)
      sessions.push(another)
      return another
    },
    async close() {
      await Promise.all(sessions.map((each) => each.close()))
      await drop()
    },
  }
}
