import type { Database } from '@athena-memory/db-core'
import { and, asc, eq, sql } from 'drizzle-orm'
import type { NearestOptions } from './nearest-on-libsql.ts'
import { bestOfDocuments, similarityTo, type Similarities, type VectorQuery } from './similarity.ts'

/** Vectors that the graph gives for each one wanted: documents have pieces, and half floats round. */
const OVERSAMPLING = 2

/** Vectors of the graph that are looked at until enough pass the filter. */
const MAX_SCANNED = 100_000

/**
 * Documents nearest to a question: those that the graph over half-precision vectors finds, compared by
 * their full vectors.
 */
export const nearestOnPostgres = async (
  snapshot: Database,
  query: VectorQuery,
  { filter, limit }: NearestOptions,
): Promise<Similarities> => {
  const wanted = limit * OVERSAMPLING
  await configure(snapshot, graphSettings(wanted))
  const found = await walkGraph(snapshot, query, { filter, limit: wanted })
  await configure(snapshot, { enable_sort: 'on' })
  return found
}

const walkGraph = async (
  snapshot: Database,
  query: VectorQuery,
  { filter, limit }: NearestOptions,
): Promise<Similarities> => {
  const { documents, embeddings } = snapshot.tables
  const size = sql.raw(String(query.vector.length))
  const half = sql`${embeddings.vector}::halfvec(${size})`
  const parameter = sql.param(query.vector, embeddings.vector)
  const rows = await snapshot.query
    .select({ documentRow: documents.rowNumber, similarity: similarityTo(snapshot, query.vector) })
    .from(embeddings)
    .innerJoin(
      documents,
      and(eq(documents.tenantId, embeddings.tenantId), eq(documents.id, embeddings.documentId)),
    )
    // Written out, not a parameter: the index of these dimensions is recognised by it.
    .where(
      and(sql`${embeddings.dimensions} = ${size}`, eq(embeddings.spaceId, query.spaceId), filter),
    )
    .orderBy(asc(sql`(${half}) <=> ${parameter}::vector::halfvec(${size})`))
    .limit(limit)
  return bestOfDocuments(rows)
}

const graphSettings = (wanted: number): Record<string, string> => ({
  // Under filters the graph is walked on until there are enough.
  'hnsw.iterative_scan': 'relaxed_order',
  'hnsw.ef_search': String(Math.min(Math.max(wanted, 40), 1000)),
  'hnsw.max_scan_tuples': String(MAX_SCANNED),
  // The planner takes what a filter lets through for less than it is, and would sort all of it.
  enable_sort: 'off',
})

/** Sets parameters for the rest of this transaction. */
const configure = async (
  { query }: Database,
  settings: Readonly<Record<string, string>>,
): Promise<void> => {
  const set = (name: string, value: string) => sql`set_config(${name}, ${value}, true)`
  const columns = Object.entries(settings).map(([name, value]) => [name, set(name, value)])
  await query.select(Object.fromEntries(columns)).from(sql`(select 1) as one`)
}
