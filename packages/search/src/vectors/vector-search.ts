import { byDialect, type Database } from '@athena-memory/db-core'
import type { SQL } from 'drizzle-orm'
import type { CandidateSource } from '../documents/candidate-source.ts'
import type { CodedSpace } from './code-cache.ts'
import { createLibsqlVectors } from './vectors-on-libsql.ts'
import { createPostgresVectors } from './vectors-on-postgres.ts'
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

/** Vector search in one space. On libSQL it keeps codes, and vectors that it met, in memory. */
export const createVectorSearch = (
  db: Pick<Database, 'dialect'>,
  space: CodedSpace,
): VectorSearch =>
  byDialect(db, {
    sqlite: () => createLibsqlVectors(space),
    postgres: () => createPostgresVectors(space),
  })
