import type { Database } from '@athena-memory/db-core'
import { and, asc, sql } from 'drizzle-orm'
import { type EpisodeFilter, isWanted } from './list-episodes.ts'
import { MEASURED_CHARACTERS, wordsOf } from './measure-drafts.ts'
import { cutPage } from '@athena-memory/db-core/stores'
import { isAbove } from './page-cursor.ts'
import { segmentTexts, type SegmentOptions } from './surprise/segment-texts.ts'

/** What to cut into segments, and how. */
export interface SegmentEpisodesOptions extends EpisodeFilter, SegmentOptions {
  /** Episodes that are read, the earliest first; default 500. */
  readonly limit?: number | undefined
  /** `nextCursor` of the segmentation before. */
  readonly cursor?: string | undefined
}

/** Episodes about one thing, one after the other. */
export interface EpisodeSegment {
  /** In the order of time. */
  readonly episodeIds: string[]
  readonly startsAt: Date
  readonly endsAt: Date
  /** How surprising its first episode is after the ones before; absent for the first segment. */
  readonly surprise?: number | undefined
  /** How sure the cut before it is; absent for the first segment. */
  readonly confidence?: number | undefined
}

/** Segments in the order of time. */
export interface Segmentation {
  readonly segments: EpisodeSegment[]
  /** Where to go on when there were more episodes than were read. */
  readonly nextCursor?: string | undefined
}

const DEFAULT_LIMIT = 500

/** Cuts what happened where it turned to something else; see `EpisodicStore.segmentBySurprise`. */
export const segmentEpisodes = async (
  { query, tables: { episodes } }: Database,
  options: SegmentEpisodesOptions,
): Promise<Segmentation> => {
  const { limit = DEFAULT_LIMIT, cursor } = options
  const rows = await query
    .select({
      id: episodes.id,
      occurredAt: episodes.occurredAt,
      content: sql<string>`substr(${episodes.content}, 1, ${MEASURED_CHARACTERS})`,
    })
    .from(episodes)
    .where(
      and(
        isWanted(episodes, options),
        isAbove({ by: episodes.occurredAt, isTime: true, id: episodes.id }, cursor),
      ),
    )
    .orderBy(asc(episodes.occurredAt), asc(episodes.id))
    .limit(limit + 1)
  const { page: read, nextCursor } = cutPage(rows, limit, ({ occurredAt, id }) => ({
    value: occurredAt.getTime(),
    id,
  }))
  const cuts = segmentTexts(
    read.map(({ content }) => wordsOf(content)),
    options,
  )
  const starts = [{ at: 0, surprise: undefined, confidence: undefined }, ...cuts]
  const segments = starts.flatMap(({ at, surprise, confidence }, index) => {
    const part = read.slice(at, starts[index + 1]?.at)
    const [first, last] = [part[0], part.at(-1)]
    if (!first || !last) return []
    const episodeIds = part.map(({ id }) => id)
    const range = { startsAt: first.occurredAt, endsAt: last.occurredAt }
    return [{ episodeIds, ...range, surprise, confidence }]
  })
  return { segments, nextCursor }
}
