import type { Database } from '@athena-memory/db-core'
import type { WorkingItem } from '../items/item.ts'
import type { OutgoingPart } from '../sink.ts'
import type { Decision } from './decide.ts'
import type { RoutedLayer } from './layers.ts'
import type { RouteRow } from './route.ts'
import { toSnapshot } from './snapshot.ts'

/** A route ready to be written. */
export type RouteDraft = Omit<RouteRow, 'tenantId' | 'method'> & Pick<Decision, 'method'>

/** What a record needs besides the item and the decision. */
export interface RouteFacts {
  readonly id: string
  readonly at: Date
  readonly parts: readonly OutgoingPart[]
  /** The layer that the caller wanted: it says whether the router was right. */
  readonly wanted?: RoutedLayer | undefined
}

/** The record of a decision, with everything that the router can learn from it later. */
export const toRouteDraft = (
  item: WorkingItem,
  { features, targetLayer, confidence, method, modelVersion }: Decision,
  { id, at, parts, wanted }: RouteFacts,
): RouteDraft => ({
  id,
  projectId: item.projectId,
  itemId: item.id,
  item: toSnapshot(
    item,
    parts.map(({ snapshot, ...part }) => ({ ...part, ...(snapshot && { snapshot }) })),
  ),
  features,
  targetLayer,
  actualLayer: null,
  actualId: null,
  confidence,
  method,
  modelVersion: modelVersion ?? null,
  routedAt: at,
  wasCorrect: wanted === undefined ? null : wanted === targetLayer,
  correctLayer: wanted ?? null,
  feedbackAt: wanted === undefined ? null : at,
  createdAt: at,
  updatedAt: at,
})

/** Writes records of decisions; how they are stored, in their order. */
export const insertRoutes = async (
  { query, tables: { routes } }: Database,
  drafts: readonly RouteDraft[],
): Promise<RouteRow[]> => {
  const rows = await query
    .insert(routes)
    .values([...drafts])
    .returning()
  const byId = new Map(rows.map((row) => [row.id, row]))
  return drafts.flatMap(({ id }) => byId.get(id) ?? [])
}
