import type { Athena } from './athena.ts'
import { type AthenaOptions, databaseOf, embedderOf } from './athena-options.ts'

/**
 * Opens the memory that the options and the environment mean, with all its layers.
 *
 * @throws ConfigError or ModelError for a setting that cannot be right, StorageError `unavailable`
 *   where the database cannot be opened
 */
export const openAthena = async (options: AthenaOptions = {}): Promise<Athena> => {
  const embedder = embedderOf(options)
  // Loaded on demand: who opens the operations of one layer needs no other.
  const { composeAthena } = await import('./compose-athena.ts')
  return composeAthena(await databaseOf(options), embedder, options)
}
