import type { Database } from '@athena-memory/db-core'
import { and, asc, desc, eq, gt, lt, or } from 'drizzle-orm'
import type { Episode, EpisodeRow } from './episode.ts'
import { findRow, toEpisodes } from './find-episodes.ts'

/** Which chain to read. */
export interface ChainOptions {
  /** An episode of the chain. */
  readonly id: string
  /** Minutes without an episode that end a chain; default 60. */
  readonly gapMinutes?: number | undefined
  /** Whether only episodes of the same session count; default false. */
  readonly sameSession?: boolean | undefined
  /** The most episodes before it, and after it; default 50. */
  readonly limit?: number | undefined
}

/** What happened around an episode without a long pause. */
export interface EpisodeChain {
  /** In the order of time, the one asked for among them. */
  readonly episodes: Episode[]
  readonly startsAt: Date
  readonly endsAt: Date
  /** Whether the chain goes on before, or after, what `limit` let through. */
  readonly isCutBefore: boolean
  readonly isCutAfter: boolean
}

const GAP_MINUTES = 60
const DEFAULT_LIMIT = 50

/** The chain of an episode; see `EpisodicStore.chain`. */
export const readChain = (db: Database, options: ChainOptions): Promise<EpisodeChain | undefined> =>
  db.read(async (snapshot) => {
    const centre = await findRow(snapshot, options.id)
    if (!centre) return undefined
    const { limit = DEFAULT_LIMIT, gapMinutes = GAP_MINUTES } = options
    const gapMs = gapMinutes * 60_000
    const before = untilGap(
      centre,
      await readBeside(snapshot, centre, { ...options, isAfter: false }),
      gapMs,
    )
    const after = untilGap(
      centre,
      await readBeside(snapshot, centre, { ...options, isAfter: true }),
      gapMs,
    )
    const rows = [...before.slice(0, limit).toReversed(), centre, ...after.slice(0, limit)]
    return {
      episodes: await toEpisodes(snapshot, rows),
      startsAt: rows[0]?.occurredAt ?? centre.occurredAt,
      endsAt: rows.at(-1)?.occurredAt ?? centre.occurredAt,
      isCutBefore: before.length > limit,
      isCutAfter: after.length > limit,
    }
  })

/** The episodes nearest to one on one side of it, and one more than the limit. */
const readBeside = (
  { query, tables: { episodes } }: Database,
  centre: EpisodeRow,
  { isAfter, sameSession, limit = DEFAULT_LIMIT }: ChainOptions & { readonly isAfter: boolean },
): Promise<EpisodeRow[]> => {
  const [beyond, order] = isAfter ? ([gt, asc] as const) : ([lt, desc] as const)
  const { occurredAt, id, projectId, sessionId } = episodes
  return query
    .select()
    .from(episodes)
    .where(
      and(
        eq(projectId, centre.projectId),
        sameSession && centre.sessionId !== null ? eq(sessionId, centre.sessionId) : undefined,
        or(
          beyond(occurredAt, centre.occurredAt),
          and(eq(occurredAt, centre.occurredAt), beyond(id, centre.id)),
        ),
      ),
    )
    .orderBy(order(occurredAt), order(id))
    .limit(limit + 1)
}

/** Rows up to the first pause of `gapMs` or more, going away from the centre. */
const untilGap = (centre: EpisodeRow, rows: readonly EpisodeRow[], gapMs: number): EpisodeRow[] => {
  const end = rows.findIndex(({ occurredAt }, at) => {
    const nearer = rows[at - 1] ?? centre
    return Math.abs(occurredAt.getTime() - nearer.occurredAt.getTime()) >= gapMs
  })
  return end < 0 ? [...rows] : rows.slice(0, end)
}
