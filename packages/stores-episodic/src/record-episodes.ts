import { type Database, StorageError } from '@athena-memory/db-core'
import { draftEpisode, type EpisodeDraft } from './episode-draft.ts'
import type { Episode, EpisodeRow } from './episode.ts'
import { findRecorded, keyOf, toEpisodes } from './find-episodes.ts'
import { measureDrafts } from './measure-drafts.ts'
import type { NewEpisode } from './new-episode.ts'
import {
  noticesOf,
  prepareDrafts,
  type PreparedEpisode,
  type StoreContext,
} from './store-context.ts'
import { insertEpisodes } from './write-episodes.ts'

/** What became of something to record. */
export interface Recorded {
  readonly episode: Episode
  /** Whether exactly this was recorded already; `episode` is then the one that was there. */
  readonly isDuplicate: boolean
  /** Keys, tokens and passwords that were cut out. */
  readonly redactions: number
}

/** What became of several things to record, in their order. */
export interface RecordOutcome {
  readonly results: Recorded[]
  readonly duplicates: number
  /** What the caller should know, such as vectors that are still to be made. */
  readonly notices: string[]
}

/** Records everything or nothing; see `EpisodicStore.recordMany`. */
export const recordEpisodes = async (
  store: StoreContext,
  given: readonly NewEpisode[],
): Promise<RecordOutcome> => {
  const now = store.now()
  const drafts = given.map((episode) =>
    draftEpisode(episode, { id: store.newId(), now, secretPolicy: store.secretPolicy }),
  )
  const prepared = await prepareUnknown(store, drafts)
  const rows = await store.db.transaction(async (tx) => {
    const written = await writeUnknown(store, tx, prepared)
    const others = drafts.map(({ row }) => row).filter((row) => !written.rows.has(keyOf(row)))
    return new Map([...written.rows, ...(await findRecorded(tx, others))])
  })
  const stored = drafts.map(({ row }) => storedRow(rows, row))
  const episodes = await toEpisodes(store.db, stored)
  const results = episodes.map((episode, at) => ({
    episode,
    isDuplicate: episode.id !== drafts[at]?.row.id,
    redactions: drafts[at]?.redactions ?? 0,
  }))
  return {
    results,
    duplicates: results.filter(({ isDuplicate }) => isDuplicate).length,
    notices: noticesOf(prepared),
  }
}

/** What became of episodes that were prepared. */
export interface WrittenEpisodes {
  /** Their rows, by `keyOf`: those written, and those that somebody else had recorded meanwhile. */
  readonly rows: ReadonlyMap<string, EpisodeRow>
  readonly added: number
  /** Secrets that were cut out of those written. */
  readonly redactions: number
}

/** Measures, analyses and embeds the first of each event that is not recorded yet. */
export const prepareUnknown = async (
  store: StoreContext,
  drafts: readonly EpisodeDraft[],
): Promise<PreparedEpisode[]> => {
  const known = await findRecorded(
    store.db,
    drafts.map(({ row }) => row),
  )
  const firsts = new Map(drafts.toReversed().map((draft) => [keyOf(draft.row), draft]))
  const unknown = [...firsts.values()].toReversed().filter(({ row }) => !known.has(keyOf(row)))
  return prepareDrafts(store, await measureDrafts(store.db, unknown))
}

/** Writes what nobody else has recorded meanwhile. */
export const writeUnknown = async (
  store: StoreContext,
  tx: Database,
  prepared: readonly PreparedEpisode[],
): Promise<WrittenEpisodes> => {
  const known = await findRecorded(
    tx,
    prepared.map(({ row }) => row),
  )
  const unknown = prepared.filter(({ row }) => !known.has(keyOf(row)))
  const inserted = await insertEpisodes(store, tx, unknown)
  return {
    rows: new Map([...known.values(), ...inserted].map((row) => [keyOf(row), row])),
    added: inserted.length,
    redactions: unknown.reduce((sum, { redactions }) => sum + redactions, 0),
  }
}

const storedRow = (rows: ReadonlyMap<string, EpisodeRow>, row: EpisodeDraft['row']): EpisodeRow => {
  const stored = rows.get(keyOf(row))
  // It was known a moment ago, and forgotten before it could be looked at again.
  if (!stored) throw new StorageError('busy')
  return stored
}
