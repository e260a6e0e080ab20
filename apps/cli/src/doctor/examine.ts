import type { Athena, DatabaseConfig } from 'athena-memory'
import { readDatabaseConfig } from '../database-config.ts'
import { toFailure } from '../failure.ts'
import type { GlobalOptions } from '../global-options.ts'
import { Interrupted } from '../interruption.ts'
import { withAthena } from '../with-athena.ts'
import { checkDatabase } from './check-database.ts'
import { checkEmbedding } from './check-embedding.ts'
import { checkNode } from './check-node.ts'
import { checkPresence } from './check-presence.ts'
import type { Check } from './check.ts'

/** Looks at everything that can be looked at. Changes nothing in a database, and makes none. */
export const examine = async (globals: GlobalOptions): Promise<Check[]> => [
  checkNode(),
  ...(await examineDatabase(globals).catch(toChecks)),
]

const examineDatabase = async (globals: GlobalOptions): Promise<Check[]> => {
  const config = readDatabaseConfig(globals)
  if (config.type === 'sqlite') {
    return (await checkPresence(config)) ?? open(config)
  }
  const { fallback } = config
  // Opening a fallback that is not there yet would make it.
  return open(
    fallback && (await checkPresence(fallback)) ? { ...config, fallback: undefined } : config,
  )
}

const open = (database: DatabaseConfig): Promise<Check[]> =>
  withAthena({}, examineMemory, { migrate: false, database })

const examineMemory = async (athena: Athena): Promise<Check[]> => {
  const checks = await checkDatabase(athena.database)
  // Without its tables nothing can be counted.
  const isReady = checks.every(({ name, status }) => name !== 'migrations' || status === 'pass')
  return isReady ? [...checks, ...checkEmbedding(await athena.status())] : checks
}

/** A memory that cannot be opened is a finding, and not the end of the examination. */
const toChecks = (thrown: unknown): Check[] => {
  if (thrown instanceof Interrupted) throw thrown
  const { message } = toFailure(thrown, '')
  const advice = 'check --db and the ATHENA_ variables, and that the server runs'
  return [{ name: 'database', status: 'fail', detail: message, advice }]
}
