import type { Database, Tables } from '@athena-memory/db-core'
import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import type { OutgoingPart } from '../sink.ts'
import { WORKING_LAYER } from './item.ts'

/** A stored part. */
export type PartRow = Tables['workingItemParts']['$inferSelect']

/** A part ready to be written. */
export type PartDraft = Omit<PartRow, 'tenantId'>

/** What items are made of, in order, by the id of the item. */
export const findParts = async (
  { query, tables: { workingItemParts } }: Database,
  itemIds: readonly string[],
): Promise<Map<string, OutgoingPart[]>> => {
  const rows = await query
    .select()
    .from(workingItemParts)
    .where(inArray(workingItemParts.itemId, [...itemIds]))
    .orderBy(asc(workingItemParts.itemId), asc(workingItemParts.position))
  const parts = new Map<string, OutgoingPart[]>()
  for (const { itemId, partLayer, partId, snapshot } of rows) {
    const part = { layer: partLayer, id: partId, snapshot: snapshot ?? undefined }
    parts.set(itemId, [...(parts.get(itemId) ?? []), part])
  }
  return parts
}

/** Where an item is now that has left. */
export interface Whereabouts {
  readonly itemId: string
  readonly layer: string
  readonly id: string
}

/** Points whatever is made of these items at where they are now. */
export const redirectParts = async (
  { query, tables: { workingItemParts } }: Database,
  projectId: string,
  moved: readonly Whereabouts[],
): Promise<void> => {
  const { partLayer, partId } = workingItemParts
  const toCase = (valueOf: (place: Whereabouts) => string): SQL => {
    const cases = moved.map((place): SQL => sql`when ${place.itemId} then ${valueOf(place)}`)
    return sql`case ${partId} ${sql.join(cases, sql` `)} end`
  }
  await query
    .update(workingItemParts)
    .set({ partLayer: toCase(({ layer }) => layer), partId: toCase(({ id }) => id) })
    .where(
      and(
        eq(workingItemParts.projectId, projectId),
        eq(partLayer, WORKING_LAYER),
        inArray(
          partId,
          moved.map(({ itemId }) => itemId),
        ),
      ),
    )
}
