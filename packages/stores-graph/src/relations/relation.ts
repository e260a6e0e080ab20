import type { Tables } from '@athena-memory/db-core'

/** How one entity relates to another. */
export interface Relation {
  readonly id: string
  readonly projectId: string
  readonly fromId: string
  readonly toId: string
  /** In words, from the one to the other: `works_at`. */
  readonly relationType: string
  /** How strong the tie is, and how sure it is, each from 0 to 1. */
  readonly strength: number
  readonly confidence: number
  /** True in the world from `validFrom` on, until just before `validUntil`; open where absent. */
  readonly validFrom?: Date | undefined
  readonly validUntil?: Date | undefined
  /** Since when it is known to have never been true. */
  readonly supersededAt?: Date | undefined
  readonly metadata: Record<string, unknown>
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** A stored row; whose it is concerns the database only. */
export type RelationRow = Omit<Tables['relations']['$inferSelect'], 'tenantId'>

/** A stored row as callers see it. */
export const toRelation = (row: RelationRow): Relation => ({
  id: row.id,
  projectId: row.projectId,
  fromId: row.fromId,
  toId: row.toId,
  relationType: row.relationType,
  strength: row.strength,
  confidence: row.confidence,
  validFrom: row.validFrom ?? undefined,
  validUntil: row.validUntil ?? undefined,
  supersededAt: row.supersededAt ?? undefined,
  metadata: row.metadata,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
})
