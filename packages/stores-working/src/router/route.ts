import type { Tables } from '@athena-memory/db-core'
import { memberOf } from '@athena-memory/db-core/stores'
import { ROUTED_LAYERS, type RoutedLayer } from './layers.ts'
import { fromSnapshot, type ItemSnapshot } from './snapshot.ts'

/** Who decided. */
export const ROUTE_METHODS = ['rules', 'forest'] as const
export type RouteMethod = (typeof ROUTE_METHODS)[number]

/** Where the router wants an item, and why. Routes outlive their items: the router learns from them. */
export interface Route {
  readonly id: string
  readonly projectId: string
  readonly itemId: string
  /** The item as it was; absent after it was forgotten. */
  readonly item?: ItemSnapshot | undefined
  /** The eleven numbers that were decided by; see `FEATURE_NAMES`. */
  readonly features: Record<string, number>
  /** Where the item should go. */
  readonly targetLayer: RoutedLayer
  /** Where it went and the row there; absent while nobody moved it. */
  readonly actualLayer?: string | undefined
  readonly actualId?: string | undefined
  /** From 0 to 1. */
  readonly confidence: number
  readonly method: RouteMethod
  /** Of the model that decided. */
  readonly modelVersion?: number | undefined
  readonly routedAt: Date
  /** Whether `targetLayer` was right; absent until somebody said so. */
  readonly wasCorrect?: boolean | undefined
  /** Which one would have been. */
  readonly correctLayer?: RoutedLayer | undefined
  readonly feedbackAt?: Date | undefined
}

/** A stored row. */
export type RouteRow = Tables['routes']['$inferSelect']

/** A stored row as callers see it. */
export const toRoute = (stored: RouteRow): Route => {
  const { tenantId: _, createdAt: __, updatedAt: ___, ...row } = stored
  return {
    ...row,
    item: fromSnapshot(row.item),
    targetLayer: memberOf(ROUTED_LAYERS, row.targetLayer, 'routes.target_layer'),
    actualLayer: row.actualLayer ?? undefined,
    actualId: row.actualId ?? undefined,
    method: memberOf(ROUTE_METHODS, row.method, 'routes.method'),
    modelVersion: row.modelVersion ?? undefined,
    wasCorrect: row.wasCorrect ?? undefined,
    correctLayer:
      row.correctLayer === null
        ? undefined
        : memberOf(ROUTED_LAYERS, row.correctLayer, 'routes.correct_layer'),
    feedbackAt: row.feedbackAt ?? undefined,
  }
}
