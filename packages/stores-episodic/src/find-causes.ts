import type { Database } from '@athena-memory/db-core'
import { and, desc, eq, gte, inArray, lt, or, type SQL } from 'drizzle-orm'
import { type CauseStrength, scoreCause, sharedNames } from './cause-strength.ts'
import type { Episode } from './episode.ts'
import { episodesAboutFiles, episodesAboutSymbols } from './episodes-about.ts'
import { findByIds } from './find-episodes.ts'

/** Which causes to look for. */
export interface CauseOptions {
  /** The effect. */
  readonly id: string
  /** Hours before the effect that are looked at; default 168, a week. */
  readonly windowHours?: number | undefined
  /** Weaker candidates are left out, from 0 to 1; default .31, more than nearness alone gives. */
  readonly minStrength?: number | undefined
  /** Default 10. */
  readonly limit?: number | undefined
}

/** An episode that may have led to another, and why. */
export interface CauseCandidate extends CauseStrength {
  readonly episode: Episode
  readonly sharedFiles: string[]
  readonly sharedSymbols: string[]
  /** How long before the effect. */
  readonly gapMs: number
}

const WINDOW_HOURS = 168
const MIN_STRENGTH = 0.31
const DEFAULT_LIMIT = 10

/** Earlier episodes of one kind that are weighed: the latest, those of a same file, of a same symbol. */
const CANDIDATES = 200

/** Names of files or symbols by which candidates are looked up. */
const LOOKUP_NAMES = 500

/** What may have led to an episode; see `EpisodicStore.causes`. */
export const findCauses = (
  db: Database,
  options: CauseOptions,
): Promise<CauseCandidate[] | undefined> =>
  db.read(async (snapshot) => {
    const [effect] = await findByIds(snapshot, [options.id])
    if (!effect) return undefined
    const { minStrength = MIN_STRENGTH, limit = DEFAULT_LIMIT } = options
    const candidates = await findByIds(snapshot, await findCandidates(snapshot, effect, options))
    return candidates
      .map((episode) => weigh(episode, effect))
      .filter(({ strength }) => strength >= minStrength)
      .toSorted(
        (a, b) =>
          b.strength - a.strength || a.gapMs - b.gapMs || (a.episode.id < b.episode.id ? 1 : -1),
      )
      .slice(0, limit)
  })

const weigh = (episode: Episode, effect: Episode): CauseCandidate => ({
  ...scoreCause(episode, effect),
  episode,
  sharedFiles: sharedNames(episode.files, effect.files),
  sharedSymbols: sharedNames(episode.symbols, effect.symbols),
  gapMs: effect.occurredAt.getTime() - episode.occurredAt.getTime(),
})

const findCandidates = async (
  db: Database,
  effect: Episode,
  { windowHours = WINDOW_HOURS }: CauseOptions,
): Promise<string[]> => {
  const { episodes } = db.tables
  const { projectId } = effect
  const [files, symbols] = [effect.files, effect.symbols].map((names) => ({
    projectId,
    names: names.slice(0, LOOKUP_NAMES),
  }))
  const isBefore = isJustBefore(db, effect, windowHours)
  const found = [
    await readLatest(db, and(eq(episodes.projectId, projectId), isBefore)),
    files &&
      (await readLatest(db, and(inArray(episodes.id, episodesAboutFiles(db, files)), isBefore))),
    symbols &&
      (await readLatest(
        db,
        and(inArray(episodes.id, episodesAboutSymbols(db, symbols)), isBefore),
      )),
  ]
  return [...new Set(found.flatMap((ids) => ids ?? []))]
}

const readLatest = async (
  { query, tables: { episodes } }: Database,
  isCandidate: SQL | undefined,
): Promise<string[]> => {
  const rows = await query
    .select({ id: episodes.id })
    .from(episodes)
    .where(isCandidate)
    .orderBy(desc(episodes.occurredAt), desc(episodes.id))
    .limit(CANDIDATES)
  return rows.map(({ id }) => id)
}

const isJustBefore = (
  { tables: { episodes } }: Database,
  { occurredAt, id }: Episode,
  windowHours: number,
): SQL | undefined =>
  and(
    gte(episodes.occurredAt, new Date(occurredAt.getTime() - windowHours * 3_600_000)),
    or(
      lt(episodes.occurredAt, occurredAt),
      and(eq(episodes.occurredAt, occurredAt), lt(episodes.id, id)),
    ),
  )
