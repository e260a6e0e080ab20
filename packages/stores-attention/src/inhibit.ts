import type { Database } from '@athena-memory/db-core'
import { and, desc, eq, gt, isNull, or } from 'drizzle-orm'
import {
  checkItem,
  checkShares,
  DEFAULT_LIMIT,
  type ItemRef,
  keyOf,
  namesItem,
} from '@athena-memory/db-core/stores'
import {
  effectiveInhibition,
  INHIBITION,
  type Inhibition,
  type InhibitionKind,
  type InhibitionRow,
  toInhibition,
} from './inhibition.ts'
import type { StoreContext } from './store-context.ts'

/** What to keep out of mind. */
export interface NewInhibition {
  readonly projectId: string
  readonly target: ItemRef
  /** From 0 to 1; default .5. */
  readonly strength?: number | undefined
  /** Default `selective`. */
  readonly kind?: InhibitionKind | undefined
  /** After which it is over at once; default: time alone wears it off. */
  readonly durationMs?: number | undefined
  readonly reason?: string | undefined
}

const STRENGTH = 0.5

/** Keeps an item out of mind; see `AttentionStore.inhibit`. */
export const inhibit = async (
  { db, now, newId }: StoreContext,
  { projectId, target, strength = STRENGTH, kind = 'selective', durationMs, reason }: NewInhibition,
): Promise<Inhibition> => {
  checkItem('target', target)
  checkShares({ strength })
  const at = now()
  const [row] = await db.query
    .insert(db.tables.inhibitions)
    .values({
      id: newId(),
      projectId,
      targetLayer: target.layer,
      targetId: target.id,
      kind,
      strength,
      reason,
      inhibitedAt: at,
      expiresAt: durationMs === undefined ? undefined : new Date(at.getTime() + durationMs),
      createdAt: at,
      updatedAt: at,
    })
    .returning()
  if (!row) throw new Error('One inhibition was written.')
  return toInhibition(row)
}

/** Ends all inhibitions of an item; how many there were. */
export const releaseItem = async (
  { query, tables: { inhibitions } }: Database,
  { projectId, target }: { projectId: string; target: ItemRef },
  at: Date,
): Promise<number> => {
  const released = await query
    .update(inhibitions)
    .set({ releasedAt: at, updatedAt: at })
    .where(
      and(
        eq(inhibitions.projectId, projectId),
        eq(inhibitions.targetLayer, target.layer),
        eq(inhibitions.targetId, target.id),
        isNull(inhibitions.releasedAt),
        or(isNull(inhibitions.expiresAt), gt(inhibitions.expiresAt, at)),
      ),
    )
    .returning({ id: inhibitions.id })
  return released.length
}

/** After so many half-lives less than a millionth is left. */
const HALF_LIVES = 20

/** The most inhibitions that are added up, the latest. */
const MAX_INHIBITIONS = 5000

/** Whose inhibition to read. */
export interface InhibitionFilter {
  readonly projectId: string
  /** Default: all of the project. */
  readonly items?: readonly ItemRef[] | undefined
}

/** How inhibited items are now, by `keyOf`; what is not inhibited at all is not in it. */
export const readInhibitions = async (
  db: Database,
  filter: InhibitionFilter,
  now: Date,
): Promise<Map<string, number>> => {
  const byItem = new Map<string, InhibitionRow[]>()
  for (const row of await readActive(db, filter, now)) {
    const key = keyOf({ layer: row.targetLayer, id: row.targetId })
    byItem.set(key, [...(byItem.get(key) ?? []), row])
  }
  return new Map([...byItem].map(([key, rows]) => [key, effectiveInhibition(rows, now)]))
}

const readActive = (
  { query, tables: { inhibitions } }: Database,
  { projectId, items }: InhibitionFilter,
  now: Date,
) => {
  const columns = { layer: inhibitions.targetLayer, id: inhibitions.targetId }
  const oldest = new Date(now.getTime() - HALF_LIVES * INHIBITION.halfLifeMs)
  return query
    .select()
    .from(inhibitions)
    .where(
      and(
        eq(inhibitions.projectId, projectId),
        items && namesItem(columns, items),
        isNull(inhibitions.releasedAt),
        or(isNull(inhibitions.expiresAt), gt(inhibitions.expiresAt, now)),
        gt(inhibitions.inhibitedAt, oldest),
      ),
    )
    .orderBy(desc(inhibitions.inhibitedAt), desc(inhibitions.id))
    .limit(MAX_INHIBITIONS)
}

/** What to list. */
export interface InhibitedOptions extends InhibitionFilter {
  /** Default .3. */
  readonly threshold?: number | undefined
  /** Default 20. */
  readonly limit?: number | undefined
}

/** An item and how inhibited it is now. */
export interface InhibitedItem extends ItemRef {
  /** From 0 to 1. */
  readonly inhibition: number
}

/** What is kept out of mind; see `AttentionStore.inhibited`. */
export const listInhibited = async (
  db: Database,
  { threshold = INHIBITION.threshold, limit = DEFAULT_LIMIT, ...filter }: InhibitedOptions,
  now: Date,
): Promise<InhibitedItem[]> => {
  const inhibitions = await readInhibitions(db, filter, now)
  return [...inhibitions]
    .filter(([, inhibition]) => inhibition >= threshold)
    .toSorted(([a, more], [b, less]) => less - more || (a < b ? -1 : 1))
    .slice(0, limit)
    .map(([key, inhibition]) => ({ ...fromKey(key), inhibition }))
}

const fromKey = (key: string): ItemRef => {
  const end = key.indexOf(':')
  return { layer: key.slice(0, end), id: key.slice(end + 1) }
}
