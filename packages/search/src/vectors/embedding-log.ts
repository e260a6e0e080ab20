import type { Database } from '@athena-memory/db-core'
import { and, eq, gt, sql } from 'drizzle-orm'

/** From where to where the log of a libSQL file reaches. */
export interface LogBounds {
  /** The first and the last sequence number that the log holds; both 0 when it is empty. */
  readonly first: number
  readonly last: number
}

const log = sql`embedding_log`

/** Reads the bounds of the log. */
export const readLogBounds = async (snapshot: Database): Promise<LogBounds> => {
  const [bounds] = await snapshot.query
    .select({
      first: sql`(select sequence from ${log} order by sequence limit 1)`.mapWith(Number),
      last: sql`(select sequence from ${log} order by sequence desc limit 1)`.mapWith(Number),
    })
    .from(sql`(select 1) as one`)
  return { first: bounds?.first ?? 0, last: bounds?.last ?? 0 }
}

/** Row numbers of a space's embeddings that changed after a place in the log, in order. */
export const readLogAfter = async (
  snapshot: Database,
  spaceId: string,
  sequence: number,
): Promise<number[]> => {
  const rows = await snapshot.query
    .select({ rowNumber: sql`row_number`.mapWith(Number) })
    .from(log)
    .where(and(eq(sql`space_id`, spaceId), gt(sql`sequence`, sequence)))
    .orderBy(sql`sequence`)
  return [...new Set(rows.map(({ rowNumber }) => rowNumber))]
}
