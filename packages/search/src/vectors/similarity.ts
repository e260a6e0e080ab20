import type { Database } from '@athena-memory/db-core'
import { type SQL, sql } from 'drizzle-orm'

/** Among up to this many documents vectors are compared one by one: exact, and no slower. */
export const EXACT_UNTIL = 500

/** A question in an embedding space. */
export interface VectorQuery {
  readonly spaceId: string
  readonly vector: Float32Array
}

/**
 * How alike an embedding and a question are: 1 - cosine distance, from -1 to 1, as PostgreSQL computes
 * it. Null or NaN where either vector is all zeros.
 */
export const similarityTo = (db: Database, vector: Float32Array): SQL<number | null> => {
  const column = db.tables.embeddings.vector
  return sql<number | null>`1 - (${column} <=> ${sql.param(vector, column)}::vector)`
}

/** A document, and how alike its best piece and a question are. */
export type Similarities = ReadonlyMap<number, number>

/** Keeps the best piece of each document; what has no similarity is left out. */
export const bestOfDocuments = (
  rows: readonly { documentRow: number; similarity: number | null }[],
): Map<number, number> => {
  const best = new Map<number, number>()
  for (const { documentRow, similarity } of rows) {
    if (similarity === null || !Number.isFinite(similarity)) continue
    best.set(documentRow, Math.max(best.get(documentRow) ?? -1, similarity))
  }
  return best
}
