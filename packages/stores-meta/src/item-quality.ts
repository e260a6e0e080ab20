import type { Tables } from '@athena-memory/db-core'
import type { ItemRef } from '@athena-memory/db-core/stores'

/** Days after which half of an item's relevance is gone, unless it is accessed again. */
const RELEVANCE_HALF_LIFE_DAYS = 30

/** What became known about a row of another layer by using it. */
export interface ItemQuality extends ItemRef {
  readonly projectId: string
  readonly domain?: string | undefined
  readonly accessCount: number
  /** Accesses of which somebody said whether they were useful. */
  readonly judgedCount: number
  readonly usefulCount: number
  /** Useful accesses among the judged ones, from 0 to 1; absent while there are none. */
  readonly usefulness?: number | undefined
  /** From 0 to 1; absent while nobody has said. */
  readonly confidence?: number | undefined
  /** What time has left of its relevance, from 0 to 1; absent where it was never accessed. */
  readonly relevance?: number | undefined
  readonly source?: string | undefined
  /** When somebody last made sure that it is right. */
  readonly verifiedAt?: Date | undefined
  readonly lastAccessedAt?: Date | undefined
}

export type QualityRow = Tables['memoryQuality']['$inferSelect']

/** A stored row as callers see it at a time. */
export const toItemQuality = (row: QualityRow, now: Date): ItemQuality => ({
  layer: row.layer,
  id: row.itemId,
  projectId: row.projectId,
  domain: row.domain ?? undefined,
  accessCount: row.accessCount,
  judgedCount: row.judgedCount,
  usefulCount: row.usefulCount,
  usefulness: row.usefulness ?? undefined,
  confidence: row.confidence ?? undefined,
  relevance: row.lastAccessedAt ? relevanceAfter(now, row.lastAccessedAt) : undefined,
  source: row.source ?? undefined,
  verifiedAt: row.verifiedAt ?? undefined,
  lastAccessedAt: row.lastAccessedAt ?? undefined,
})

/** .5^(days since the last access / 30), from 0 to 1. */
export const relevanceAfter = (
  now: Date,
  lastAccessedAt: Date,
  halfLifeDays: number = RELEVANCE_HALF_LIFE_DAYS,
): number => {
  const days = Math.max(now.getTime() - lastAccessedAt.getTime(), 0) / 86_400_000
  return 0.5 ** (days / halfLifeDays)
}
