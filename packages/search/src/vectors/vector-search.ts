import { byDialect, type Database } from '@athena-memory/db-core'
import type { SQL } from 'drizzle-orm'
import type { CandidateSource } from '../documents/candidate-source.ts'
import { type CodeCache, createCodeCache } from './code-cache.ts'
import { createDatabaseComparison } from './compare-in-database.ts'
import { createMemoryComparison } from './compare-in-memory.ts'
import { createGraphNearest } from './nearest-by-graph.ts'
import { createMemoryNearest } from './nearest-in-memory.ts'
import type { CodedSpace } from './read-codes.ts'
import { createCodedReader } from './read-vectors.ts'
import type { Similarities } from './similarity.ts'
import { mostRemembered } from './vector-memory.ts'

/** What is sought among the vectors. */
export interface NearestOptions {
  /** Says which documents the search is about, as `filter` does. */
  readonly source: Pick<CandidateSource, 'listed' | 'isInMemory'>
  readonly filter: SQL | undefined
  /** About how many documents there are to choose from. */
  readonly expected: number
  /** Documents wanted; there may be more. */
  readonly limit: number
}

/** Compares the vectors of one space with that of a question. */
export interface VectorSearch {
  /** The documents whose best piece is nearest to a question. */
  nearest(snapshot: Database, vector: Float32Array, options: NearestOptions): Promise<Similarities>
  /** How alike a question and the best piece of each of these documents are. */
  compare(
    snapshot: Database,
    vector: Float32Array,
    documentRows: readonly number[],
  ): Promise<Similarities>
}

/** Finds documents, among those sought, whose codes are nearest to that of a question, by row number. */
export type FindNearest = (
  snapshot: Database,
  vector: Float32Array,
  options: NearestOptions,
) => Promise<number[]>

/**
 * Vector search in one space: codes find, full vectors decide. Keeps codes, and vectors that it met, in
 * memory. On PostgreSQL codes only where the documents are there as well, and vectors only where all of
 * them have room: elsewhere a graph finds, and the database compares.
 */
export const createVectorSearch = (
  db: Pick<Database, 'dialect'>,
  space: CodedSpace,
): VectorSearch => {
  const codes = createCodeCache(space)
  const inMemory = {
    find: createMemoryNearest(codes),
    compare: createMemoryComparison(space, createCodedReader(space, codes)),
  }
  const { find, compare } = byDialect<Ways>(db, {
    sqlite: () => inMemory,
    postgres: () => choosePlace({ space, codes, inMemory }),
  })
  return {
    compare,
    nearest: async (snapshot, vector, options) =>
      compare(snapshot, vector, await find(snapshot, vector, options)),
  }
}

/** How vectors are found and compared. */
interface Ways {
  readonly find: FindNearest
  readonly compare: VectorSearch['compare']
}

/** On PostgreSQL: in memory as far as things are there, and in the database otherwise. */
const choosePlace = ({
  space,
  codes,
  inMemory,
}: {
  readonly space: CodedSpace
  readonly codes: CodeCache
  readonly inMemory: Ways
}): Ways => {
  const findByGraph = createGraphNearest(space)
  const compareInDatabase = createDatabaseComparison(space, codes)
  const most = mostRemembered(space.dimensions)
  return {
    find(snapshot, vector, options) {
      if (options.source.isInMemory) return inMemory.find(snapshot, vector, options)
      if (!snapshot.inTransaction) codes.unload()
      return findByGraph(snapshot, vector, options)
    },
    compare(snapshot, vector, documentRows) {
      const haveRoom = (codes.size() ?? Infinity) <= most
      return (haveRoom ? inMemory.compare : compareInDatabase)(snapshot, vector, documentRows)
    },
  }
}
