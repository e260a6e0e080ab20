import {
  checkItem,
  checkShares,
  chunksOf,
  type ItemRef,
  keyOf,
  namesItem,
} from '@athena-memory/db-core/stores'
import { conflictTarget, type Database } from '@athena-memory/db-core'
import { and, eq, sql } from 'drizzle-orm'
import { type ItemQuality, type QualityRow, toItemQuality } from './item-quality.ts'
import type { StoreContext } from './store-context.ts'

/** What the caller says of an item. */
export interface ItemStatement extends ItemRef {
  /** From 0 to 1; absent leaves what is known. */
  readonly confidence?: number | undefined
  readonly domain?: string | undefined
  readonly source?: string | undefined
}

/** That an item was used. */
export interface ItemAccess extends ItemStatement {
  /** Whether it helped; absent where nobody can tell, which judges nothing. */
  readonly useful?: boolean | undefined
}

/** Counts accesses, all or none; see `MetaStore.recordAccess`. */
export const recordAccesses = async (
  store: StoreContext,
  { projectId, items }: { projectId: string; items: readonly ItemAccess[] },
): Promise<ItemQuality[]> => {
  const at = store.now()
  const rows = items.map(({ useful, ...item }) => ({
    ...draftRow(store, { projectId, item, at }),
    accessCount: 1,
    judgedCount: useful === undefined ? 0 : 1,
    usefulCount: useful === true ? 1 : 0,
    lastAccessedAt: at,
  }))
  return writeQualities(store, rows)
}

/** Notes that somebody made sure of an item; see `MetaStore.verify`. */
export const verifyItem = async (
  store: StoreContext,
  { projectId, ...item }: ItemStatement & { projectId: string },
): Promise<ItemQuality> => {
  const at = store.now()
  const row = { ...draftRow(store, { projectId, item, at }), verifiedAt: at }
  const [quality] = await writeQualities(store, [row])
  if (!quality) throw new Error('One item has one quality.')
  return quality
}

type QualityDraft = Omit<QualityRow, 'tenantId'>

const draftRow = (
  { newId }: StoreContext,
  { projectId, item, at }: { projectId: string; item: ItemStatement; at: Date },
): QualityDraft => {
  const { layer, id: itemId, confidence, domain, source } = item
  checkItem('item', item)
  checkShares({ confidence })
  return {
    id: newId(),
    projectId,
    layer,
    itemId,
    domain: domain ?? null,
    accessCount: 0,
    judgedCount: 0,
    usefulCount: 0,
    usefulness: null,
    confidence: confidence ?? null,
    source: source ?? null,
    verifiedAt: null,
    lastAccessedAt: null,
    createdAt: at,
    updatedAt: at,
  }
}

const writeQualities = ({ db, now }: StoreContext, drafts: readonly QualityDraft[]) =>
  db.transaction(async (tx) => {
    const stored = new Map<string, ItemQuality>()
    for (const chunk of chunksOf([...mergeByItem(drafts).values()])) {
      for (const row of await upsert(tx, chunk)) {
        stored.set(keyOf(refOf(row)), toItemQuality(row, now()))
      }
    }
    const keys = new Set(drafts.map((draft) => keyOf(refOf(draft))))
    return [...keys].flatMap((key) => stored.get(key) ?? [])
  })

const refOf = ({ layer, itemId }: Pick<QualityRow, 'layer' | 'itemId'>): ItemRef => ({
  layer,
  id: itemId,
})

/** One statement cannot write a row twice. */
const mergeByItem = (drafts: readonly QualityDraft[]): Map<string, QualityDraft> => {
  const merged = new Map<string, QualityDraft>()
  for (const draft of drafts) {
    const key = keyOf(refOf(draft))
    const before = merged.get(key)
    merged.set(key, withUsefulness(before ? add(before, draft) : draft))
  }
  return merged
}

const add = (before: QualityDraft, draft: QualityDraft): QualityDraft => ({
  ...before,
  accessCount: before.accessCount + draft.accessCount,
  judgedCount: before.judgedCount + draft.judgedCount,
  usefulCount: before.usefulCount + draft.usefulCount,
  confidence: draft.confidence ?? before.confidence,
  domain: draft.domain ?? before.domain,
  source: draft.source ?? before.source,
})

const withUsefulness = (draft: QualityDraft): QualityDraft => ({
  ...draft,
  usefulness: draft.judgedCount === 0 ? null : draft.usefulCount / draft.judgedCount,
})

/** Adds to the counts that are there, so that no other writer's addition is lost. */
const upsert = async (
  { query, tables: { memoryQuality: quality } }: Database,
  drafts: readonly QualityDraft[],
): Promise<QualityRow[]> => {
  const judged = sql`${quality.judgedCount} + excluded.judged_count`
  const useful = sql`${quality.usefulCount} + excluded.useful_count`
  return query
    .insert(quality)
    .values([...drafts])
    .onConflictDoUpdate({
      target: conflictTarget(quality, [quality.projectId, quality.layer, quality.itemId]),
      set: {
        accessCount: sql`${quality.accessCount} + excluded.access_count`,
        judgedCount: judged,
        usefulCount: useful,
        usefulness: sql`case when ${judged} > 0 then cast(${useful} as double precision) / (${judged}) end`,
        confidence: sql`coalesce(excluded.confidence, ${quality.confidence})`,
        domain: sql`coalesce(excluded.domain, ${quality.domain})`,
        source: sql`coalesce(excluded.source, ${quality.source})`,
        verifiedAt: sql`coalesce(excluded.verified_at, ${quality.verifiedAt})`,
        lastAccessedAt: sql`coalesce(excluded.last_accessed_at, ${quality.lastAccessedAt})`,
        updatedAt: sql`excluded.updated_at`,
      },
    })
    .returning()
}

/** What is known of items by using them, in their order; see `MetaStore.quality`. */
export const readQualities = async (
  { query, tables: { memoryQuality } }: Database,
  { projectId, items }: { projectId: string; items: readonly ItemRef[] },
  now: Date,
): Promise<ItemQuality[]> => {
  const rows = await query
    .select()
    .from(memoryQuality)
    .where(
      and(
        eq(memoryQuality.projectId, projectId),
        namesItem({ layer: memoryQuality.layer, id: memoryQuality.itemId }, items),
      ),
    )
  const byItem = new Map(rows.map((row) => [keyOf(refOf(row)), toItemQuality(row, now)]))
  return [...new Set(items.map(keyOf))].flatMap((key) => byItem.get(key) ?? [])
}
