import { and, eq, isNull } from 'drizzle-orm'
import type { GraphContext } from '../graph-context.ts'
import { endOf } from '../is-true-at.ts'
import { type Relation, toRelation } from './relation.ts'

/** How a relation ceases. */
export interface UnrelateOptions {
  /** When it ceased to be true; default now. */
  readonly at?: Date | undefined
  /** Whether it has never been true, so that no time shows it any more; default false. */
  readonly isMistake?: boolean | undefined
}

/** Ends a relation; see `GraphStore.unrelate`. */
export const unrelate = (
  { db, now }: GraphContext,
  id: string,
  { at = now(), isMistake = false }: UnrelateOptions,
): Promise<Relation | undefined> =>
  db.transaction(async (tx) => {
    const { relations } = tx.tables
    const named = and(eq(relations.id, id), isNull(relations.supersededAt))
    const [old] = await tx.query.select().from(relations).where(eq(relations.id, id)).limit(1)
    if (!old) return undefined
    const end = isMistake ? { supersededAt: now() } : { validUntil: endOf(old, at) }
    const [ended] = await tx.query
      .update(relations)
      .set({ ...end, updatedAt: now() })
      .where(named)
      .returning()
    return toRelation(ended ?? old)
  })
