import { and, eq, inArray, or } from 'drizzle-orm'
import type { Database } from '../database/database.ts'
import { chunksOf } from './chunks.ts'
import type { ItemRef } from './item-ref.ts'

/** Rows of one layer. */
export interface LayerRows {
  readonly layer: string
  readonly ids: readonly string[]
}

/** Erases what is recorded of rows as derived and as evidence; for each record, what was derived. */
export const eraseDerivations = async (
  { query, tables: { derivations } }: Database,
  { layer, ids }: LayerRows,
): Promise<ItemRef[]> => {
  const { derivedLayer, derivedId, evidenceLayer, evidenceId } = derivations
  const erased: ItemRef[] = []
  for (const chunk of chunksOf(ids)) {
    const rows = await query
      .delete(derivations)
      .where(
        or(
          and(eq(derivedLayer, layer), inArray(derivedId, chunk)),
          and(eq(evidenceLayer, layer), inArray(evidenceId, chunk)),
        ),
      )
      .returning({ layer: derivedLayer, id: derivedId })
    erased.push(...rows)
  }
  return erased
}
