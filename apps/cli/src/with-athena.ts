import type { Athena, AthenaOptions } from 'athena-memory'
import type { GlobalOptions } from './global-options.ts'
import { untilInterrupted } from './interruption.ts'

/** How a memory is opened beside what the flags say. */
export interface WithAthenaOptions {
  readonly migrate?: boolean
  readonly project?: AthenaOptions['project']
  /** The work watches `interruption` itself and cleans up; other work is given up where it stands. */
  readonly stopsItself?: boolean
}

/** Opens the memory that the flags mean, works with it and closes it, whatever happens. */
export const withAthena = async <T>(
  { db }: Pick<GlobalOptions, 'db'>,
  work: (athena: Athena) => Promise<T>,
  { stopsItself = false, ...options }: WithAthenaOptions = {},
): Promise<T> => {
  // Loaded on demand: help and versions need no memory.
  const { openAthena } = await import('athena-memory')
  const athena = await untilInterrupted(openAthena({ database: db, onWarning: warn, ...options }))
  try {
    return await (stopsItself ? work(athena) : untilInterrupted(work(athena)))
  } finally {
    await athena.close()
  }
}

const warn = (message: string): void => console.error(`warning: ${message}`)
