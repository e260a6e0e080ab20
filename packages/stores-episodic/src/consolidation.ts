import { type Database, StorageError } from '@athena-memory/db-core'
import { and, eq, inArray } from 'drizzle-orm'
import { EPISODIC_LAYER, type Episode, type EpisodeState } from './episode.ts'
import { findByIds } from './find-episodes.ts'

/** What each state may become. Consolidation that is undone leaves its episodes unconsolidated. */
const FOLLOWERS = {
  unconsolidated: ['consolidating'],
  consolidating: ['consolidated', 'unconsolidated'],
  consolidated: ['unconsolidated'],
} satisfies Record<EpisodeState, readonly EpisodeState[]>

/** A new state for any number of episodes. */
export interface StateChange {
  readonly state: EpisodeState
  readonly at: Date
}

/** Moves episodes to a state, all or none; see `EpisodicStore.setConsolidationState`. */
export const setConsolidationState = (
  db: Database,
  ids: readonly string[],
  { state, at }: StateChange,
): Promise<Episode[]> =>
  db.transaction(async (tx) => {
    const { episodes, documents } = tx.tables
    const old = await findByIds(tx, ids)
    for (const { consolidationState } of old) assertMayFollow(consolidationState, state)
    const changed = old.filter((each) => each.consolidationState !== state).map(({ id }) => id)
    const consolidatedAt = state === 'consolidated' ? at : null
    await tx.query
      .update(episodes)
      .set({ consolidationState: state, consolidatedAt, updatedAt: at })
      .where(inArray(episodes.id, changed))
    await tx.query
      .update(documents)
      .set({ consolidationState: state, updatedAt: at })
      .where(and(eq(documents.layer, EPISODIC_LAYER), inArray(documents.sourceId, changed)))
    return findByIds(tx, ids)
  })

const assertMayFollow = (from: EpisodeState, to: EpisodeState): void => {
  if (from === to || FOLLOWERS[from].some((state) => state === to)) return
  const detail = `state cannot become ${to} from ${from}, which can become ${FOLLOWERS[from].join(' or ')}`
  throw new StorageError('invalid', { detail })
}
