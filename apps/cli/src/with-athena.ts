import type { Registry } from '@athena-memory/operations'
import type { Athena, AthenaOptions } from 'athena-memory'
import type { GlobalOptions } from './global-options.ts'
import { untilInterrupted } from './interruption.ts'

/** How a memory is opened beside what the flags say. */
export interface WithAthenaOptions {
  readonly migrate?: boolean
  readonly project?: AthenaOptions['project']
  /** Instead of the database that the flags mean. */
  readonly database?: AthenaOptions['database']
  /** The work watches `interruption` itself and cleans up; other work is given up where it stands. */
  readonly stopsItself?: boolean
}

/** Opens the memory that the flags mean, works with it and closes it, whatever happens. */
export const withAthena = async <T>(
  globals: Pick<GlobalOptions, 'db'>,
  work: (athena: Athena) => Promise<T>,
  { stopsItself = false, ...options }: WithAthenaOptions = {},
): Promise<T> => {
  // Loaded on demand: help and versions need no memory.
  const { readDatabaseConfig } = await import('./database-config.ts')
  const { openAthena } = await import('athena-memory')
  const { database = readDatabaseConfig(globals) } = options
  const athena = await untilInterrupted(openAthena({ onWarning: warn, ...options, database }))
  try {
    return await (stopsItself ? work(athena) : untilInterrupted(work(athena)))
  } finally {
    await athena.close()
  }
}

/** The same for one operation: only its layer is loaded. */
export const withOperations = async <T>(
  globals: Pick<GlobalOptions, 'db'>,
  operation: string,
  work: (operations: Registry) => Promise<T>,
): Promise<T> => {
  const { readDatabaseConfig } = await import('./database-config.ts')
  const { findLayerName, openOperations } = await import('athena-memory')
  const [layer = 'memory'] = operation.split('.').map(findLayerName)
  const options = { onWarning: warn, database: readDatabaseConfig(globals) }
  const opened = await untilInterrupted(openOperations(layer, options))
  try {
    return await untilInterrupted(work(opened.operations))
  } finally {
    await opened.close()
  }
}

const warn = (message: string): void => console.error(`warning: ${message}`)
