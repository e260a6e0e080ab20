import type { Tables } from '@athena-memory/db-core'

/** A thing that something is known of. */
export interface Entity {
  readonly id: string
  readonly projectId: string
  /** Unique among entities of its type in its namespace. */
  readonly name: string
  readonly entityType: string
  readonly namespace: string
  readonly metadata: Record<string, unknown>
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** A stored row; whose it is concerns the database only. */
export type EntityRow = Omit<Tables['entities']['$inferSelect'], 'tenantId'>

/** A stored row as callers see it. */
export const toEntity = (row: EntityRow): Entity => ({
  id: row.id,
  projectId: row.projectId,
  name: row.name,
  entityType: row.entityType,
  namespace: row.namespace,
  metadata: row.metadata,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
})
