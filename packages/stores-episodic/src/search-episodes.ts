import type { SearchResult } from '@athena-memory/search'
import { EPISODIC_LAYER, type Episode, type EpisodeState, type EventType } from './episode.ts'
import { findByIds } from './find-episodes.ts'
import type { StoreContext } from './store-context.ts'

/** A question to the episodes of a project. */
export interface SearchEpisodesOptions {
  readonly projectId: string
  readonly query: string
  /** Default 10. */
  readonly limit?: number | undefined
  readonly eventTypes?: readonly EventType[] | undefined
  readonly consolidationStates?: readonly EpisodeState[] | undefined
  /** Occurred from `from` on, until just before `to`. */
  readonly from?: Date | undefined
  readonly to?: Date | undefined
  /** Results of a lower `hybridScore` are left out. */
  readonly minScore?: number | undefined
}

/** An episode that answers a question, and why. */
export interface FoundEpisode
  extends
    Episode,
    Pick<SearchResult, 'hybridScore' | 'semanticSimilarity' | 'keywordRank' | 'signals'> {
  readonly layer: typeof EPISODIC_LAYER
}

/** What was found, best first, and what the caller should know of how. */
export interface EpisodeSearchOutcome {
  readonly results: FoundEpisode[]
  readonly notices: string[]
}

/** Finds episodes by words and by meaning; see `EpisodicStore.search`. */
export const searchEpisodes = async (
  { db, documents }: StoreContext,
  { query, eventTypes, ...filter }: SearchEpisodesOptions,
): Promise<EpisodeSearchOutcome> => {
  const options = { ...filter, layers: [EPISODIC_LAYER], kinds: eventTypes }
  const { results, notices } = await documents.search(query, options)
  const found = await findByIds(
    db,
    results.map(({ sourceId }) => sourceId),
  )
  const byId = new Map(found.map((episode) => [episode.id, episode]))
  // What was forgotten meanwhile is left out.
  const joined = results.flatMap((result) => {
    const episode = byId.get(result.sourceId)
    return episode ? [join(episode, result)] : []
  })
  return { results: joined, notices }
}

const join = (
  episode: Episode,
  { hybridScore, semanticSimilarity, keywordRank, signals }: SearchResult,
): FoundEpisode => ({
  ...episode,
  layer: EPISODIC_LAYER,
  hybridScore,
  semanticSimilarity,
  keywordRank,
  signals,
})
