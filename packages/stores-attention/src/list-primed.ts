import type { Database } from '@athena-memory/db-core'
import { and, desc, eq, gt } from 'drizzle-orm'
import { DEFAULT_LIMIT, type ItemRef, keyOf } from '@athena-memory/db-core/stores'
import { PRIMING_MS, primingBoost } from './priming.ts'

/** An item that comes to mind more readily for a while. */
export interface PrimedItem extends ItemRef {
  /** The factor, above 1 and at most 2. */
  readonly boost: number
  /** The priming that the factor comes from. */
  readonly primedAt: Date
}

/** The most primings that are looked at, the latest. */
const MAX_PRIMINGS = 5000

/** What is primed now; see `AttentionStore.primed`. */
export const listPrimed = async (
  { query, tables: { accessLog } }: Database,
  { projectId, limit = DEFAULT_LIMIT }: { projectId: string; limit?: number | undefined },
  now: Date,
): Promise<PrimedItem[]> => {
  const rows = await query
    .select()
    .from(accessLog)
    .where(
      and(
        eq(accessLog.projectId, projectId),
        eq(accessLog.accessKind, 'prime'),
        gt(accessLog.accessedAt, new Date(now.getTime() - PRIMING_MS)),
      ),
    )
    .orderBy(desc(accessLog.accessedAt), desc(accessLog.id))
    .limit(MAX_PRIMINGS)
  const strongest = new Map<string, PrimedItem>()
  for (const { layer, itemId: id, activation, accessedAt: primedAt } of rows) {
    const boost = primingBoost(now.getTime() - primedAt.getTime(), activation)
    if (boost <= (strongest.get(keyOf({ layer, id }))?.boost ?? 1)) continue
    strongest.set(keyOf({ layer, id }), { layer, id, boost, primedAt })
  }
  return [...strongest.values()].toSorted((a, b) => b.boost - a.boost).slice(0, limit)
}
