import { eraseDerivations } from '@athena-memory/db-core/stores'
import type { Database } from '@athena-memory/db-core'
import { and, count, eq, or } from 'drizzle-orm'
import { findRow } from './find-episodes.ts'
import { EPISODIC_LAYER } from './episode.ts'
import type { StoreContext } from './store-context.ts'

/** What was erased. */
export interface ForgetEpisodeReceipt {
  /** False where there was nothing to forget. */
  readonly forgotten: boolean
  readonly episodes: number
  /** Links from and to it. */
  readonly relations: number
  readonly metrics: number
  readonly documents: number
  readonly embeddings: number
  /** Records of what was derived from what. */
  readonly derivations: number
  /**
   * What was derived from it, and stays: rows of other layers. Whoever made them should make them anew,
   * or forget them.
   */
  readonly affected: { layer: string; id: string }[]
}

/** Erases an episode; see `EpisodicStore.forget`. */
export const forgetEpisode = (
  { db, documents }: StoreContext,
  id: string,
): Promise<ForgetEpisodeReceipt> =>
  db.transaction(async (tx) => {
    if (!(await findRow(tx, id))) return NOTHING_FORGOTTEN
    const affected = await findDerived(tx, id)
    const dependents = await countDependents(tx, id)
    const derivations = (await eraseDerivations(tx, { layer: EPISODIC_LAYER, ids: [id] })).length
    const erased = await documents.remove(tx, { layer: EPISODIC_LAYER, sourceIds: [id] })
    const { episodes } = tx.tables
    const deleted = await tx.query.delete(episodes).where(eq(episodes.id, id)).returning()
    return {
      forgotten: true,
      episodes: deleted.length,
      ...dependents,
      ...erased,
      derivations,
      affected,
    }
  })

const NOTHING_FORGOTTEN: ForgetEpisodeReceipt = {
  forgotten: false,
  episodes: 0,
  relations: 0,
  metrics: 0,
  documents: 0,
  embeddings: 0,
  derivations: 0,
  affected: [],
}

/** What falls with the episode by cascade. */
const countDependents = async ({ query, tables }: Database, id: string) => {
  const { episodeRelations: relations, episodeMetrics: metrics } = tables
  const [links] = await query
    .select({ count: count() })
    .from(relations)
    .where(or(eq(relations.fromId, id), eq(relations.toId, id)))
  const [measured] = await query
    .select({ count: count() })
    .from(metrics)
    .where(eq(metrics.episodeId, id))
  return { relations: links?.count ?? 0, metrics: measured?.count ?? 0 }
}

const findDerived = ({ query, tables: { derivations } }: Database, id: string) =>
  query
    .selectDistinct({ layer: derivations.derivedLayer, id: derivations.derivedId })
    .from(derivations)
    .where(and(eq(derivations.evidenceLayer, EPISODIC_LAYER), eq(derivations.evidenceId, id)))
    .orderBy(derivations.derivedLayer, derivations.derivedId)
