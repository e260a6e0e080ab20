import type { Database, Tables } from '@athena-memory/db-core'
import { and, desc, eq, gte, inArray, lt, type SQL } from 'drizzle-orm'
import type { Episode, EpisodeState, EventType, Outcome } from './episode.ts'
import { episodesAboutFiles, episodesAboutSymbols } from './episodes-about.ts'
import { toEpisodes } from './find-episodes.ts'
import { cutPage } from '@athena-memory/db-core/stores'
import { isBelow } from './page-cursor.ts'

/** Which episodes a question is about. */
export interface EpisodeFilter {
  readonly projectId: string
  readonly sessionId?: string | undefined
  readonly eventTypes?: readonly EventType[] | undefined
  readonly outcomes?: readonly Outcome[] | undefined
  readonly consolidationStates?: readonly EpisodeState[] | undefined
  /** Occurred from `from` on, until just before `to`. */
  readonly from?: Date | undefined
  readonly to?: Date | undefined
}

/** Which episodes to list. */
export interface ListOptions extends EpisodeFilter {
  /** About this file, by its path as it was recorded. */
  readonly file?: string | undefined
  /** About this symbol. */
  readonly symbol?: string | undefined
  /** Default 20. */
  readonly limit?: number | undefined
  /** `nextCursor` of the page before. */
  readonly cursor?: string | undefined
}

/** A page of episodes. */
export interface EpisodePage {
  readonly episodes: Episode[]
  /** Where the next page begins; absent on the last. */
  readonly nextCursor?: string | undefined
}

const DEFAULT_LIMIT = 20

/** A page of a project's episodes; see `EpisodicStore.list`. */
export const listEpisodes = async (db: Database, options: ListOptions): Promise<EpisodePage> => {
  const { limit = DEFAULT_LIMIT } = options
  const rows = await listQuery(db, options, limit + 1)
  const { page, nextCursor } = cutPage(rows, limit, ({ occurredAt, id }) => ({
    value: occurredAt.getTime(),
    id,
  }))
  return { episodes: await toEpisodes(db, page), nextCursor }
}

/** The statement that reads rows of episodes, the latest first. */
export const listQuery = (db: Database, options: ListOptions, limit: number) => {
  const { query, tables } = db
  const { episodes } = tables
  const { cursor } = options
  const isNext = isBelow({ by: episodes.occurredAt, isTime: true, id: episodes.id }, cursor)
  return query
    .select()
    .from(episodes)
    .where(and(isInScope(db, options), isLike(episodes, options), isNext))
    .orderBy(desc(episodes.occurredAt), desc(episodes.id))
    .limit(limit)
}

/** The project, or what is about a file and a symbol in it. */
const isInScope = (db: Database, { projectId, file, symbol }: ListOptions): SQL | undefined => {
  const { episodes } = db.tables
  if (file === undefined && symbol === undefined) return eq(episodes.projectId, projectId)
  const ofFile = episodesAboutFiles(db, { projectId, names: [file ?? ''] })
  const ofSymbol = episodesAboutSymbols(db, { projectId, names: [symbol ?? ''] })
  return and(
    file === undefined ? undefined : inArray(episodes.id, ofFile),
    symbol === undefined ? undefined : inArray(episodes.id, ofSymbol),
  )
}

type Episodes = Tables['episodes']

/** A filter as a condition. */
export const isWanted = (episodes: Episodes, filter: EpisodeFilter): SQL | undefined =>
  and(eq(episodes.projectId, filter.projectId), isLike(episodes, filter))

const isLike = (episodes: Episodes, filter: EpisodeFilter): SQL | undefined => {
  const { sessionId, eventTypes, outcomes, consolidationStates, from, to } = filter
  return and(
    sessionId === undefined ? undefined : eq(episodes.sessionId, sessionId),
    eventTypes && inArray(episodes.eventType, [...eventTypes]),
    outcomes && inArray(episodes.outcome, [...outcomes]),
    consolidationStates && inArray(episodes.consolidationState, [...consolidationStates]),
    from && gte(episodes.occurredAt, from),
    to && lt(episodes.occurredAt, to),
  )
}
