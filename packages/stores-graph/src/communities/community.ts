import type { Tables } from '@athena-memory/db-core'

/** A group of entities that are tied to each other more than to others. */
export interface Community {
  readonly id: string
  readonly projectId: string
  /** 0 for the finest. */
  readonly level: number
  /** The community of the next level that holds this one. */
  readonly parentId?: string | undefined
  /** Its best connected members, by name; absent after one of them was forgotten. */
  readonly label?: string | undefined
  readonly memberCount: number
  /** Pairs of members that are related, as a share of all pairs. */
  readonly density: number
  /** Pairs of related entities: both inside, and one inside. */
  readonly internalEdges: number
  readonly externalEdges: number
  /** Modularity of the level that it is part of. */
  readonly modularity: number
  readonly summary?: string | undefined
  readonly summaryMethod?: string | undefined
  readonly summarizedAt?: Date | undefined
  readonly detectedAt: Date
}

/** A stored row; whose it is concerns the database only. */
export type CommunityRow = Omit<Tables['communities']['$inferSelect'], 'tenantId'>

/** A stored row as callers see it. */
export const toCommunity = (row: CommunityRow): Community => ({
  id: row.id,
  projectId: row.projectId,
  level: row.level,
  parentId: row.parentId ?? undefined,
  label: row.label ?? undefined,
  memberCount: row.memberCount,
  density: row.density,
  internalEdges: row.internalEdges,
  externalEdges: row.externalEdges,
  modularity: row.modularity,
  summary: row.summary ?? undefined,
  summaryMethod: row.summaryMethod ?? undefined,
  summarizedAt: row.summarizedAt ?? undefined,
  detectedAt: row.detectedAt,
})
