import type { Database } from '@athena-memory/db-core'
import { and, eq, inArray, or } from 'drizzle-orm'
import { chunksOf, CHUNK_IDS } from '../chunks.ts'
import { GRAPH_LAYER } from '../graph-layer.ts'

/** Erases what is recorded of these rows as derived and as evidence; how many records there were. */
export const eraseDerivations = async (
  { query, tables: { derivations } }: Database,
  ids: readonly string[],
): Promise<number> => {
  const { derivedLayer, derivedId, evidenceLayer, evidenceId } = derivations
  let erased = 0
  for (const chunk of chunksOf(ids, CHUNK_IDS)) {
    const rows = await query
      .delete(derivations)
      .where(
        or(
          and(eq(derivedLayer, GRAPH_LAYER), inArray(derivedId, chunk)),
          and(eq(evidenceLayer, GRAPH_LAYER), inArray(evidenceId, chunk)),
        ),
      )
      .returning({ id: derivations.id })
    erased += rows.length
  }
  return erased
}
