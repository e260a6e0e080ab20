import type { Tables } from '@athena-memory/db-core'
import { type ItemRef, memberOf } from '@athena-memory/db-core/stores'

/** Why two items belong together. What was active at the same time is `temporal`. */
export const ASSOCIATION_KINDS = ['semantic', 'temporal', 'causal', 'similarity'] as const
export type AssociationKind = (typeof ASSOCIATION_KINDS)[number]

/** That one item brings another to mind. */
export interface Association {
  readonly id: string
  readonly projectId: string
  readonly from: ItemRef
  readonly to: ItemRef
  readonly kind: AssociationKind
  /** From 0 to 1. */
  readonly strength: number
  /** How often both were active together. */
  readonly coOccurrences: number
  /** When both were last active together; absent where they never were. */
  readonly lastCoactivatedAt?: Date | undefined
  readonly createdAt: Date
  readonly updatedAt: Date
}

export type AssociationRow = Tables['associations']['$inferSelect']

/** A stored row as callers see it. */
export const toAssociation = (row: AssociationRow): Association => ({
  id: row.id,
  projectId: row.projectId,
  from: { layer: row.fromLayer, id: row.fromId },
  to: { layer: row.toLayer, id: row.toId },
  kind: memberOf(ASSOCIATION_KINDS, row.kind, 'kind of a stored row'),
  strength: row.strength,
  coOccurrences: row.coOccurrences,
  lastCoactivatedAt: row.lastCoactivatedAt ?? undefined,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
})

/** What makes two associations the same: the project, both ends and the kind. */
export const identityOf = (association: Pick<Association, 'projectId' | 'from' | 'to' | 'kind'>) =>
  JSON.stringify([association.projectId, association.kind, association.from, association.to])

/** The unique index that holds an association to be there once. */
export const identityColumns = (associations: Tables['associations']) => [
  associations.projectId,
  associations.fromLayer,
  associations.fromId,
  associations.toLayer,
  associations.toId,
  associations.kind,
]
