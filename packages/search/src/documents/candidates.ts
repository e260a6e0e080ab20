import { createMemorySource } from '../memory/memory-source.ts'
import type { CandidateSource, OpenSource } from './candidate-source.ts'
import { createDatabaseSource } from './database-source.ts'

/** Searches that ask the database before documents are taken into memory: many programs ask once. */
const SEARCHES_BEFORE_LOADING = 2

/** More documents than this stay in the database. */
const MOST_IN_MEMORY = 250_000

/**
 * Where candidates are sought: `auto` asks the database at first and keeps the documents in memory
 * from then on, where they are not too many.
 */
export type KeepInMemory = 'auto' | 'always' | 'never'

/** Finds candidates in the database or in memory; both give the same ones. */
export const createCandidates = (keepInMemory: KeepInMemory = 'auto'): OpenSource => {
  const [inDatabase, inMemory] = [createDatabaseSource(), createMemorySource()]
  let searches = 0
  const loads = ({ collection }: CandidateSource): boolean =>
    keepInMemory === 'always' || collection.documents <= MOST_IN_MEMORY

  return async (snapshot, selection) => {
    // What a transaction wrote may be undone: nothing of it is kept.
    const isKept = keepInMemory !== 'never' && !snapshot.inTransaction
    if (isKept && (inMemory.isLoaded() || keepInMemory === 'always')) {
      const source = await inMemory.open(snapshot, selection)
      if (loads(source)) return source
      inMemory.unload()
    }
    const source = await inDatabase(snapshot, selection)
    if (!isKept || ++searches <= SEARCHES_BEFORE_LOADING || !loads(source)) return source
    return inMemory.open(snapshot, selection)
  }
}
