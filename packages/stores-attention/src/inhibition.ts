import type { Tables } from '@athena-memory/db-core'
import { type ItemRef, memberOf } from '@athena-memory/db-core/stores'

/** Half of an inhibition is gone after this time; an item is inhibited from the threshold on. */
export const INHIBITION = { halfLifeMs: 1_800_000, threshold: 0.3 } as const

/** What is inhibited is kept from what came before, from what comes after, or by choice. */
export const INHIBITION_KINDS = ['proactive', 'retroactive', 'selective'] as const
export type InhibitionKind = (typeof INHIBITION_KINDS)[number]

/** That an item is kept out of mind. */
export interface Inhibition {
  readonly id: string
  readonly projectId: string
  readonly target: ItemRef
  readonly kind: InhibitionKind
  /** From 0 to 1, at `inhibitedAt`. */
  readonly strength: number
  readonly reason?: string | undefined
  readonly inhibitedAt: Date
  /** Absent where only time wears it off. */
  readonly expiresAt?: Date | undefined
  readonly releasedAt?: Date | undefined
}

export type InhibitionRow = Tables['inhibitions']['$inferSelect']

/** A stored row as callers see it. */
export const toInhibition = (row: InhibitionRow): Inhibition => ({
  id: row.id,
  projectId: row.projectId,
  target: { layer: row.targetLayer, id: row.targetId },
  kind: memberOf(INHIBITION_KINDS, row.kind, 'kind of a stored row'),
  strength: row.strength,
  reason: row.reason ?? undefined,
  inhibitedAt: row.inhibitedAt,
  expiresAt: row.expiresAt ?? undefined,
  releasedAt: row.releasedAt ?? undefined,
})

/**
 * What several inhibitions of one item amount to now, from 0 to 1: the sum of
 * strength · .5^(age / half-life), at most 1.
 */
export const effectiveInhibition = (
  inhibitions: readonly Pick<Inhibition, 'strength' | 'inhibitedAt'>[],
  now: Date,
  halfLifeMs: number = INHIBITION.halfLifeMs,
): number => {
  const left = inhibitions.map(({ strength, inhibitedAt }) => {
    const age = Math.max(now.getTime() - inhibitedAt.getTime(), 0)
    return strength * 0.5 ** (age / halfLifeMs)
  })
  return Math.min(
    left.reduce((sum, each) => sum + each, 0),
    1,
  )
}
