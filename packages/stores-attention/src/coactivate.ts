import { checkShares, chunksOf } from '@athena-memory/db-core/stores'
import { conflictTarget, type Database } from '@athena-memory/db-core'
import { and, asc, desc, eq, gte, inArray, isNotNull, isNull, lte, ne, sql } from 'drizzle-orm'
import type { AccessRow } from './access-log.ts'
import { identityColumns } from './association.ts'
import { HEBBIAN, type HebbianParameters } from './hebbian.ts'
import { toRow } from './link-items.ts'
import { type Pair, pairAccesses } from './pair-accesses.ts'
import type { StoreContext } from './store-context.ts'

/** Which accesses to learn from, and how. */
export interface CoactivateOptions extends HebbianParameters {
  readonly projectId: string
  /** The most associations that a batch of 200 accesses changes, those that change most; default 500. */
  readonly maxPairs?: number | undefined
}

/** What was learned. */
export interface CoactivationReport {
  /** Accesses that were taken into account, each once and for all. */
  readonly accesses: number
  /** Associations made or strengthened. */
  readonly associations: number
  /** Pairs that were active together and left out, as others were more so. */
  readonly leftOut: number
}

const BATCH_ACCESSES = 200
/** The most accesses of before that a batch is paired with, the latest. */
const MAX_KNOWN = 1000
const MAX_PAIRS = 500

/** Learns from what was active together since the last time; see `AttentionStore.coactivate`. */
export const coactivate = async (
  store: StoreContext,
  options: CoactivateOptions,
): Promise<CoactivationReport> => {
  const { rate, distancePenalty } = options
  checkShares({ rate, distancePenalty })
  const total = { accesses: 0, associations: 0, leftOut: 0 }
  for (;;) {
    const batch = await store.db.transaction((tx) => learnBatch({ ...store, db: tx }, options))
    total.accesses += batch.accesses
    total.associations += batch.associations
    total.leftOut += batch.leftOut
    if (batch.accesses < BATCH_ACCESSES) return total
  }
}

const learnBatch = async (
  store: StoreContext,
  options: CoactivateOptions,
): Promise<CoactivationReport> => {
  const { maxPairs = MAX_PAIRS } = options
  const fresh = await readFresh(store.db, options.projectId)
  if (fresh.length === 0) return { accesses: 0, associations: 0, leftOut: 0 }
  const pairs = pairAccesses(fresh, await readKnown(store.db, fresh, options), options)
  const chosen = pairs.toSorted((a, b) => b.gain - a.gain).slice(0, maxPairs)
  const associations = await writePairs(store, options.projectId, chosen)
  const accesses = await markLearned(store, fresh)
  return { accesses, associations, leftOut: pairs.length - chosen.length }
}

/** Accesses that no association knows of, the oldest first. */
const readFresh = ({ query, tables: { accessLog } }: Database, projectId: string) =>
  query
    .select()
    .from(accessLog)
    .where(
      and(
        eq(accessLog.projectId, projectId),
        isNull(accessLog.coactivatedAt),
        ne(accessLog.accessKind, 'prime'),
      ),
    )
    .orderBy(asc(accessLog.accessedAt), asc(accessLog.id))
    .limit(BATCH_ACCESSES)

/** Accesses of before that the new ones may form pairs with. */
const readKnown = (
  { query, tables: { accessLog } }: Database,
  fresh: readonly AccessRow[],
  { projectId, windowMs = HEBBIAN.windowMs }: CoactivateOptions,
): PromiseLike<AccessRow[]> => {
  const times = fresh.map(({ accessedAt }) => accessedAt.getTime())
  return query
    .select()
    .from(accessLog)
    .where(
      and(
        eq(accessLog.projectId, projectId),
        isNotNull(accessLog.coactivatedAt),
        gte(accessLog.accessedAt, new Date(Math.min(...times) - windowMs)),
        lte(accessLog.accessedAt, new Date(Math.max(...times) + windowMs)),
      ),
    )
    .orderBy(desc(accessLog.accessedAt), desc(accessLog.id))
    .limit(MAX_KNOWN)
}

/** Adds to the strength that is there, so that no other writer's addition is lost. */
const writePairs = async (
  { db, now, newId }: StoreContext,
  projectId: string,
  pairs: readonly Pair[],
): Promise<number> => {
  const { associations } = db.tables
  const { strength, coOccurrences, lastCoactivatedAt: lastAt } = associations
  const at = now()
  let written = 0
  for (const chunk of chunksOf(pairs)) {
    const shared = { projectId, kind: 'temporal', createdAt: at, updatedAt: at } as const
    const rows = await db.query
      .insert(associations)
      .values(
        chunk.map(({ gain, ...pair }) =>
          toRow({ ...shared, ...pair, id: newId(), strength: gain }),
        ),
      )
      .onConflictDoUpdate({
        target: conflictTarget(associations, identityColumns(associations)),
        set: {
          strength: sql`${strength} + (1 - ${strength}) * excluded.strength`,
          coOccurrences: sql`${coOccurrences} + excluded.co_occurrences`,
          lastCoactivatedAt: sql`case when ${lastAt} > excluded.last_coactivated_at then ${lastAt} else excluded.last_coactivated_at end`,
          updatedAt: sql`excluded.updated_at`,
        },
      })
      .returning({ id: associations.id })
    written += rows.length
  }
  return written
}

const markLearned = async (
  { db, now }: StoreContext,
  fresh: readonly AccessRow[],
): Promise<number> => {
  const { accessLog } = db.tables
  const ids = fresh.map(({ id }) => id)
  const marked = await db.query
    .update(accessLog)
    .set({ coactivatedAt: now() })
    .where(inArray(accessLog.id, ids))
    .returning({ id: accessLog.id })
  return marked.length
}
