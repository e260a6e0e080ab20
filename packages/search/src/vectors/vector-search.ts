import { byDialect, type Database } from '@athena-memory/db-core'
import type { SQL } from 'drizzle-orm'
import type { CandidateSource } from '../documents/candidate-source.ts'
import { createCodeCache } from './code-cache.ts'
import { createComparison } from './compare-vectors.ts'
import { createGraphNearest } from './nearest-by-graph.ts'
import { createMemoryNearest } from './nearest-in-memory.ts'
import type { CodedSpace } from './read-codes.ts'
import { createCodedReader, createDocumentReader, type ReadVectors } from './read-vectors.ts'
import type { Similarities } from './similarity.ts'

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
 * memory; on PostgreSQL codes only where the documents are there as well, and a graph finds them elsewhere.
 */
export const createVectorSearch = (
  db: Pick<Database, 'dialect'>,
  space: CodedSpace,
): VectorSearch => {
  const codes = createCodeCache(space)
  const nearestInMemory = createMemoryNearest(codes)
  const readCoded = createCodedReader(space, codes)
  const { findNearest, readVectors } = byDialect(db, {
    sqlite: () => ({ findNearest: nearestInMemory, readVectors: readCoded }),
    postgres: () => {
      const nearestByGraph = createGraphNearest(space)
      const readByDocument = createDocumentReader(space)
      const findNearest: FindNearest = (snapshot, vector, options) => {
        if (options.source.isInMemory) return nearestInMemory(snapshot, vector, options)
        if (!snapshot.inTransaction) codes.unload()
        return nearestByGraph(snapshot, vector, options)
      }
      const readVectors: ReadVectors = (snapshot, documentRows) =>
        (codes.isLoaded() ? readCoded : readByDocument)(snapshot, documentRows)
      return { findNearest, readVectors }
    },
  })
  const compare = createComparison(space, readVectors)
  return {
    compare,
    nearest: async (snapshot, vector, options) =>
      compare(snapshot, vector, await findNearest(snapshot, vector, options)),
  }
}
