import type { Database } from '@athena-memory/db-core'
import { and, eq, gt, sql } from 'drizzle-orm'

const log = sql`embedding_log`

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
