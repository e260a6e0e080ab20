import type { Tables } from '@athena-memory/db-core'

/** Something that is known of an entity. */
export interface Observation {
  readonly id: string
  readonly projectId: string
  readonly entityId: string
  readonly content: string
  /** From 0 to 1. */
  readonly confidence: number
  /** Where it was learned. */
  readonly source?: string | undefined
  readonly observedAt: Date
  /** True in the world from `validFrom` on, until just before `validUntil`; open where absent. */
  readonly validFrom?: Date | undefined
  readonly validUntil?: Date | undefined
  /** What replaced it, and when; absent on a current one. */
  readonly supersededBy?: string | undefined
  readonly supersededAt?: Date | undefined
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** A stored row. */
export type ObservationRow = Tables['observations']['$inferSelect']

/** A stored row as callers see it. */
export const toObservation = (stored: ObservationRow): Observation => {
  const { tenantId: _, contentHash: __, ...row } = stored
  return {
    ...row,
    source: row.source ?? undefined,
    validFrom: row.validFrom ?? undefined,
    validUntil: row.validUntil ?? undefined,
    supersededBy: row.supersededBy ?? undefined,
    supersededAt: row.supersededAt ?? undefined,
  }
}
