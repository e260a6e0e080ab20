import { byDialect, type Database } from '@athena-memory/db-core'
import { type CodedSpace, createCodeCache } from './code-cache.ts'
import { compareAll } from './compare-rows.ts'
import { nearestOnLibsql, type NearestOptions } from './nearest-on-libsql.ts'
import { nearestOnPostgres } from './nearest-on-postgres.ts'
import type { Similarities } from './similarity.ts'

/** Among up to this many documents vectors are compared one by one: exact, and no slower. */
export const EXACT_UNTIL = 500

/** What is sought, and among about how many documents. */
export interface Choice extends NearestOptions {
  readonly expected: number
}

/** Finds the documents whose vectors are nearest to that of a question. */
export type FindNearest = (
  snapshot: Database,
  vector: Float32Array,
  choice: Choice,
) => Promise<Similarities>

/** Finds documents in one space. On libSQL it keeps the codes of that space in memory. */
export const createNearestFinder = (space: CodedSpace): FindNearest => {
  const codes = createCodeCache(space)
  return async (snapshot, vector, choice) => {
    const query = { spaceId: space.id, vector }
    if (choice.expected <= EXACT_UNTIL) return compareAll(snapshot, query, choice.filter)
    return byDialect(snapshot, {
      sqlite: () => nearestOnLibsql(snapshot, { ...query, codes }, choice),
      postgres: () => nearestOnPostgres(snapshot, query, choice),
    })
  }
}
