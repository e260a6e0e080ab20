import type { Database } from '@athena-memory/db-core'
import type { SQL } from 'drizzle-orm'
import type { CodeCache } from './code-cache.ts'
import { compareListed } from './compare-rows.ts'
import type { Similarities, VectorQuery } from './similarity.ts'
import { toSignBits, toWords } from './sign-bits.ts'

/** Codes whose full vectors are compared first; with fewer, recall of the best 10 falls below 0.98. */
const FIRST_RERANKED = 256

/** While too few documents pass the filter, this many times as many are compared. */
const WIDENING = 8

/** What is sought: how many documents, of those that a condition lets through. */
export interface NearestOptions {
  readonly filter: SQL | undefined
  readonly limit: number
}

/**
 * Documents nearest to a question: those with the nearest codes, compared by their full vectors, more
 * of them until `limit` documents pass the filter or all codes have been compared.
 */
export const nearestOnLibsql = async (
  snapshot: Database,
  query: VectorQuery & { readonly codes: CodeCache },
  { filter, limit }: NearestOptions,
): Promise<Similarities> => {
  const code = toWords(toSignBits(query.vector))
  for (let wanted = FIRST_RERANKED; ; wanted *= WIDENING) {
    const { rowNumbers, size } = await query.codes.nearest(snapshot, code, wanted)
    const found = await compareListed(snapshot, query, { by: 'embedding', rowNumbers, filter })
    if (found.size >= limit || wanted >= size) return found
  }
}
