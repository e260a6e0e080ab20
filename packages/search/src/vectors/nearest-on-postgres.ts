import type { Database } from '@athena-memory/db-core'
import { and, asc, count, eq, sql } from 'drizzle-orm'
import { compareAll } from './compare-rows.ts'
import type { NearestOptions } from './nearest-on-libsql.ts'
import { bestOfDocuments, similarityTo, type Similarities, type VectorQuery } from './similarity.ts'

/** Spaces of up to this many vectors are compared one by one: exact, and no slower than the graph. */
export const EXACT_UNTIL = 2000

/** Vectors that the graph gives for each one wanted: documents have pieces, and half floats round. */
const OVERSAMPLING = 2

/** Vectors of the graph that are looked at until enough pass the filter. */
const MAX_SCANNED = 100_000

/**
 * Documents nearest to a question: all compared in a small space, otherwise those that the graph over
 * half-precision vectors finds, compared by their full vectors.
 */
export const nearestOnPostgres = async (
  snapshot: Database,
  query: VectorQuery,
  { filter, limit }: NearestOptions,
): Promise<Similarities> => {
  if (await isSmall(snapshot, query.spaceId)) return compareAll(snapshot, query, filter)
  await configureScan(snapshot, limit * OVERSAMPLING)
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
    .limit(limit * OVERSAMPLING)
  return bestOfDocuments(rows)
}

const isSmall = async (
  { query, tables: { embeddings } }: Database,
  spaceId: string,
): Promise<boolean> => {
  const some = query
    .select({ rowNumber: embeddings.rowNumber })
    .from(embeddings)
    .where(eq(embeddings.spaceId, spaceId))
    .limit(EXACT_UNTIL + 1)
    .as('some')
  const [row] = await query.select({ size: count() }).from(some)
  return (row?.size ?? 0) <= EXACT_UNTIL
}

/** For this transaction: under filters the graph is searched on until there are enough. */
const configureScan = async ({ query }: Database, wanted: number): Promise<void> => {
  const set = (name: string, value: string | number) =>
    sql`set_config(${name}, ${String(value)}, true)`
  await query
    .select({
      scan: set('hnsw.iterative_scan', 'relaxed_order'),
      width: set('hnsw.ef_search', Math.min(Math.max(wanted, 40), 1000)),
      most: set('hnsw.max_scan_tuples', MAX_SCANNED),
    })
    .from(sql`(select 1) as one`)
}
