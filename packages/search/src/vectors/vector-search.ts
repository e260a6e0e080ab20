import { byDialect, type Database } from '@athena-memory/db-core'
import type { SQL } from 'drizzle-orm'
import type { CandidateSource } from '../documents/candidate-source.ts'
import { type CodedSpace, createCodeCache } from './code-cache.ts'
import { createComparison } from './compare-vectors.ts'
import { createLibsqlNearest } from './nearest-on-libsql.ts'
import { createPostgresNearest } from './nearest-on-postgres.ts'
import { createLibsqlReader, createPostgresReader } from './read-vectors.ts'
import type { Similarities } from './similarity.ts'

/** What is sought among the vectors. */
export interface NearestOptions {
  /** Says which documents the search is about, as `filter` does. */
  readonly source: Pick<CandidateSource, 'listed'>
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

/** Vector search in one space: codes find, full vectors decide. Keeps vectors that it met in memory. */
export const createVectorSearch = (
  db: Pick<Database, 'dialect'>,
  space: CodedSpace,
): VectorSearch => {
  const { findNearest, readVectors } = byDialect(db, {
    sqlite: () => {
      const codes = createCodeCache(space)
      return { findNearest: createLibsqlNearest(codes), readVectors: createLibsqlReader(codes) }
    },
    postgres: () => ({
      findNearest: createPostgresNearest(space),
      readVectors: createPostgresReader(space),
    }),
  })
  const compare = createComparison(space, readVectors)
  return {
    compare,
    nearest: async (snapshot, vector, options) =>
      compare(snapshot, vector, await findNearest(snapshot, vector, options)),
  }
}
