import type { Database } from '@athena-memory/db-core'
import { and, desc, eq, inArray, isNotNull, isNull } from 'drizzle-orm'
import type { GapKind } from './detect-gaps.ts'
import { type Gap, toGap } from './gap.ts'
import {
  beyond,
  cutPage,
  DEFAULT_LIMIT,
  fromCursor,
  type PageOptions,
} from '@athena-memory/db-core/stores'

/** Whether a gap is open, resolved, or either. */
export const GAP_STATUSES = ['open', 'resolved', 'all'] as const

/** Which gaps. */
export interface GapOptions extends PageOptions {
  readonly projectId: string
  /** Default `open`. */
  readonly status?: (typeof GAP_STATUSES)[number] | undefined
  readonly kinds?: readonly GapKind[] | undefined
  readonly domain?: string | undefined
}

/** Gaps, the most severe first. */
export interface GapPage {
  readonly gaps: Gap[]
  /** Where the next page begins; absent on the last. */
  readonly nextCursor?: string | undefined
}

/** The stored gaps; see `MetaStore.gaps`. */
export const listGaps = async (
  { query, tables: { knowledgeGaps: gaps } }: Database,
  { projectId, status = 'open', kinds, domain, limit = DEFAULT_LIMIT, cursor }: GapOptions,
): Promise<GapPage> => {
  const after = cursor === undefined ? undefined : fromCursor(cursor)
  const order = { column: gaps.severity, id: gaps.id }
  const statuses = {
    open: isNull(gaps.resolvedAt),
    resolved: isNotNull(gaps.resolvedAt),
    all: undefined,
  }
  const rows = await query
    .select()
    .from(gaps)
    .where(
      and(
        eq(gaps.projectId, projectId),
        statuses[status],
        kinds && inArray(gaps.kind, [...kinds]),
        domain === undefined ? undefined : eq(gaps.domain, domain),
        after && beyond(order, after.value, after.id),
      ),
    )
    .orderBy(desc(order.column), desc(order.id))
    .limit(limit + 1)
  const { page, nextCursor } = cutPage(rows, limit, ({ severity, id }) => ({ value: severity, id }))
  return { gaps: page.map(toGap), nextCursor }
}

/** Says what was done about a gap; see `MetaStore.resolveGap`. */
export const resolveGap = (
  db: Database,
  { id, resolution, at }: { id: string; resolution: string; at: Date },
): Promise<Gap | undefined> =>
  db.transaction(async ({ query, tables: { knowledgeGaps: gaps } }) => {
    await query
      .update(gaps)
      .set({ resolvedAt: at, resolution, updatedAt: at })
      .where(and(eq(gaps.id, id), isNull(gaps.resolvedAt)))
    const [row] = await query.select().from(gaps).where(eq(gaps.id, id)).limit(1)
    return row && toGap(row)
  })
