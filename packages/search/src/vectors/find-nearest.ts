import { byDialect, type Database } from '@athena-memory/db-core'
import { type CodedSpace, createCodeCache } from './code-cache.ts'
import { nearestOnLibsql, type NearestOptions } from './nearest-on-libsql.ts'
import { nearestOnPostgres } from './nearest-on-postgres.ts'
import type { Similarities } from './similarity.ts'

/** Finds the documents whose vectors are nearest to that of a question. */
export type FindNearest = (
  snapshot: Database,
  vector: Float32Array,
  options: NearestOptions,
) => Promise<Similarities>

/** Finds documents in one space. On libSQL it keeps the codes of that space in memory. */
export const createNearestFinder = (space: CodedSpace): FindNearest => {
  const codes = createCodeCache(space)
  return async (snapshot, vector, options) =>
    byDialect(snapshot, {
      sqlite: () => nearestOnLibsql(snapshot, { spaceId: space.id, vector, codes }, options),
      postgres: () => nearestOnPostgres(snapshot, { spaceId: space.id, vector }, options),
    })
}
