import type { Database } from '@athena-memory/db-core'
import { and, desc, gte, isNotNull } from 'drizzle-orm'
import { toEpisodes } from './find-episodes.ts'
import { type EpisodeFilter, type EpisodePage, isWanted } from './list-episodes.ts'
import { cutPage } from '@athena-memory/db-core/stores'
import { isBelow } from './page-cursor.ts'

/** Which surprises to list. */
export interface SurprisingOptions extends EpisodeFilter {
  /** From 0 to 1; default 0. */
  readonly minSurprise?: number | undefined
  /** Default 20. */
  readonly limit?: number | undefined
  /** `nextCursor` of the page before. */
  readonly cursor?: string | undefined
}

const DEFAULT_LIMIT = 20

/** Episodes by surprise; see `EpisodicStore.mostSurprising`. */
export const listSurprising = async (
  db: Database,
  options: SurprisingOptions,
): Promise<EpisodePage> => {
  const { minSurprise = 0, limit = DEFAULT_LIMIT, cursor } = options
  const { episodes } = db.tables
  const rows = await db.query
    .select()
    .from(episodes)
    .where(
      and(
        isWanted(episodes, options),
        isNotNull(episodes.surprise),
        gte(episodes.surprise, minSurprise),
        isBelow({ by: episodes.surprise, id: episodes.id }, cursor),
      ),
    )
    .orderBy(desc(episodes.surprise), desc(episodes.id))
    .limit(limit + 1)
  const { page, nextCursor } = cutPage(rows, limit, ({ surprise, id }) => ({
    value: surprise ?? 0,
    id,
  }))
  return { episodes: await toEpisodes(db, page), nextCursor }
}
