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

/** A stored row; whose it is concerns the database only. */
export type ObservationRow = Omit<Tables['observations']['$inferSelect'], 'tenantId'>

/** A stored row as callers see it. */
export const toObservation = (row: ObservationRow): Observation => ({
  id: row.id,
  projectId: row.projectId,
  entityId: row.entityId,
  content: row.content,
  confidence: row.confidence,
  source: row.source ?? undefined,
  observedAt: row.observedAt,
  validFrom: row.validFrom ?? undefined,
  validUntil: row.validUntil ?? undefined,
  supersededBy: row.supersededBy ?? undefined,
  supersededAt: row.supersededAt ?? undefined,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
})
