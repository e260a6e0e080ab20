import type { Database } from '@athena-memory/db-core'
import { sql } from 'drizzle-orm'
import type { CodedSpace } from './code-cache.ts'
import { compareAll, compareListed } from './compare-rows.ts'
import { bestOfDocuments, EXACT_UNTIL, type Similarities, type VectorQuery } from './similarity.ts'
import type { VectorSearch } from './vector-search.ts'

/** Vectors that the graph gives for each document wanted: documents have pieces, and half floats round. */
const OVERSAMPLING = 2

/** While too few of them belong to documents sought, this many times as many are asked for. */
const WIDENING = 8

/** Rather than ask the graph for more than this, all documents sought are compared. */
const MOST_WALKED = 1000

/** Vectors are found by a graph over half-precision vectors, and compared by their full ones. */
export const createPostgresVectors = (space: CodedSpace): VectorSearch => ({
  compare: (snapshot, vector, documentRows) =>
    compareListed(snapshot, { spaceId: space.id, vector }, documentRows),
  async nearest(snapshot, vector, { source, filter, expected, limit }) {
    const query = { spaceId: space.id, vector }
    if (expected <= EXACT_UNTIL) return compareAll(snapshot, query, filter)
    for (let asked = limit * OVERSAMPLING; asked <= MOST_WALKED; asked *= WIDENING) {
      const found = await walkGraph(snapshot, query, asked)
      const sought = await source.listed([...found.keys()])
      if (sought.length >= limit || found.size === 0) {
        return new Map(sought.map(({ rowNumber: row }) => [row, found.get(row) ?? 0]))
      }
    }
    return compareAll(snapshot, query, filter)
  },
})

const walkGraph = async (
  { query, tables }: Database,
  { spaceId, vector }: VectorQuery,
  wanted: number,
): Promise<Similarities> => {
  const question = sql.param(vector, tables.embeddings.vector)
  const rows = await query
    .select({
      documentRow: sql`document_row`.mapWith(Number),
      similarity: sql<number | null>`similarity`,
    })
    .from(sql`athena_nearest(${spaceId}, ${question}, ${wanted})`)
  return bestOfDocuments(rows)
}
