import type { Database } from '@athena-memory/db-core'
import { sql } from 'drizzle-orm'

/** From where to where a log of a libSQL file reaches; both 0 when it is empty. */
export interface LogBounds {
  readonly first: number
  readonly last: number
}

/** The logs of a libSQL file. */
interface AllBounds {
  readonly documents: LogBounds
  readonly embeddings: LogBounds
}

const known = new WeakMap<Database, Promise<AllBounds>>()

/** Reads how far the logs reach; once for each snapshot, in which that does not change. */
export const readLogBounds = (snapshot: Database): Promise<AllBounds> => {
  if (snapshot.inTransaction) return read(snapshot)
  const bounds = known.get(snapshot) ?? read(snapshot)
  known.set(snapshot, bounds)
  return bounds
}

const read = async ({ query }: Database): Promise<AllBounds> => {
  const end = (log: 'document_log' | 'embedding_log', order: 'asc' | 'desc') =>
    sql`(select sequence from ${sql.raw(log)} order by sequence ${sql.raw(order)} limit 1)`.mapWith(
      Number,
    )
  const [ends] = await query
    .select({
      firstDocument: end('document_log', 'asc'),
      lastDocument: end('document_log', 'desc'),
      firstEmbedding: end('embedding_log', 'asc'),
      lastEmbedding: end('embedding_log', 'desc'),
    })
    .from(sql`(select 1) as one`)
  return {
    documents: { first: ends?.firstDocument ?? 0, last: ends?.lastDocument ?? 0 },
    embeddings: { first: ends?.firstEmbedding ?? 0, last: ends?.lastEmbedding ?? 0 },
  }
}
