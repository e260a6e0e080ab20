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

/** A stored row. */
export type EntityRow = Tables['entities']['$inferSelect']

/** A stored row as callers see it. */
export const toEntity = (stored: EntityRow): Entity => {
  const { tenantId: _, ...entity } = stored
  return entity
}
