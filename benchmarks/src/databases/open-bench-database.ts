import { type OpenDatabase, openDatabase } from '@athena-memory/db-core'
import type { BenchConfig } from './bench-config.ts'

/** Opens a database as programs do, PGlite too, and brings its tables up to date. */
export const openBenchDatabase = async (config: BenchConfig): Promise<OpenDatabase> =>
  config.type === 'pglite'
    ? (await import('./open-pglite-folder.ts')).openPgliteFolder(config)
    : openDatabase(config)
