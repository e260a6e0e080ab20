import type { Database } from '@athena-memory/db-core'
import type { Episode } from './episode.ts'
import { listEpisodes } from './list-episodes.ts'

/** What counts as recent. */
export interface RecentOptions {
  readonly projectId: string
  readonly sessionId?: string | undefined
  /** Hours before now; default 24. */
  readonly hours?: number | undefined
  /** Default 50. */
  readonly limit?: number | undefined
}

const HOURS = 24
const DEFAULT_LIMIT = 50

/** The latest episodes; see `EpisodicStore.recent`. */
export const readRecent = async (
  db: Database,
  { hours = HOURS, limit = DEFAULT_LIMIT, ...filter }: RecentOptions,
  now: Date,
): Promise<Episode[]> => {
  const from = new Date(now.getTime() - hours * 3_600_000)
  return (await listEpisodes(db, { ...filter, from, limit })).episodes
}
