import { type Database, newId } from '@athena-memory/db-core'
import type { SecretPolicy } from '@athena-memory/db-core/secrets'
import type { DocumentIndex } from '@athena-memory/search'
import { type ChainOptions, type EpisodeChain, readChain } from './chain.ts'
import { setConsolidationState } from './consolidation.ts'
import type { Episode, EpisodeState } from './episode.ts'
import { type CauseCandidate, type CauseOptions, findCauses } from './find-causes.ts'
import { findByIds } from './find-episodes.ts'
import { forgetEpisode, type ForgetEpisodeReceipt } from './forget-episode.ts'
import type { IngestFileOptions, IngestFileReport } from './ingest/ingest-file.ts'
import { ingestGit, type IngestGitOptions, type IngestGitReport } from './ingest/ingest-git.ts'
import { ingestJsonl } from './ingest/ingest-jsonl.ts'
import { ingestTranscript } from './ingest/ingest-transcript.ts'
import { type EpisodePage, listEpisodes, type ListOptions } from './list-episodes.ts'
import {
  addMetric,
  listMetrics,
  type Metric,
  type MetricOptions,
  type MetricPage,
  type NewMetric,
} from './metrics.ts'
import { listSurprising, type SurprisingOptions } from './most-surprising.ts'
import type { NewEpisode } from './new-episode.ts'
import { readRecent, type RecentOptions } from './recent-episodes.ts'
import { recordEpisodes, type Recorded, type RecordOutcome } from './record-episodes.ts'
import {
  type EpisodeLink,
  type EpisodeRelation,
  findRelated,
  relateEpisodes,
  type RelatedOptions,
  type RelatedPage,
} from './relations.ts'
import {
  type EpisodeSearchOutcome,
  searchEpisodes,
  type SearchEpisodesOptions,
} from './search-episodes.ts'
import {
  segmentEpisodes,
  type SegmentEpisodesOptions,
  type Segmentation,
} from './segment-episodes.ts'
import type { StoreContext } from './store-context.ts'
import { readTimeline, type TimelineOptions, type TimelinePage } from './timeline.ts'

/** What the store needs besides a database. */
export interface EpisodicStoreOptions {
  /** The index of the same database, or of the same transaction. */
  readonly documents: DocumentIndex
  /** What happens to keys, tokens and passwords; default `redact`. */
  readonly secretPolicy?: SecretPolicy | undefined
  readonly now?: (() => Date) | undefined
  readonly newId?: (() => string) | undefined
}

/** What happened: events, how they went, what led to them, and where they were learned. */
export interface EpisodicStore {
  /**
   * Records one event, found by search at once. The same event, in all that was said of it, is recorded
   * once.
   *
   * @throws StorageError `invalid` that names the field, `missing-reference` without such a project
   */
  record(episode: NewEpisode): Promise<Recorded & { readonly notices: string[] }>
  /** Records many events, all or none, and embeds them together. */
  recordMany(episodes: readonly NewEpisode[]): Promise<RecordOutcome>
  get(id: string): Promise<Episode | undefined>
  /** Episodes of a project, the latest first. */
  list(options: ListOptions): Promise<EpisodePage>
  /** The latest episodes of a project, the latest first. */
  recent(options: RecentOptions): Promise<Episode[]>
  /** Finds episodes by words and by meaning, best first. */
  search(options: SearchEpisodesOptions): Promise<EpisodeSearchOutcome>
  /** What happened on each day of UTC, the latest day first; days without episodes are left out. */
  timeline(options: TimelineOptions): Promise<TimelinePage>
  /**
   * Links two episodes of a project; a link of the same type gets the new strength.
   *
   * @throws StorageError `missing-reference` for an unknown episode, `invalid` that names the field
   */
  relate(link: EpisodeLink): Promise<EpisodeRelation>
  /** Episodes that are linked to one, the strongest link first; none for an unknown one. */
  related(options: RelatedOptions): Promise<RelatedPage>
  /**
   * Notes a measurement of an episode.
   *
   * @throws StorageError `missing-reference` for an unknown episode
   */
  addMetric(metric: NewMetric): Promise<Metric>
  /** Measurements of a project, the latest first. */
  metrics(options: MetricOptions): Promise<MetricPage>
  /** Episodes that were unexpected after the ones before them, the most surprising first. */
  mostSurprising(options: SurprisingOptions): Promise<EpisodePage>
  /** Cuts a sequence of episodes where their words turn to something else, in the order of time. */
  segmentBySurprise(options: SegmentEpisodesOptions): Promise<Segmentation>
  /** What happened around an episode without a pause of an hour; undefined for an unknown one. */
  chain(options: ChainOptions): Promise<EpisodeChain | undefined>
  /**
   * What may have led to an episode, the strongest candidate first: earlier episodes about the same
   * files and symbols, errors that it fixed, and what happened shortly before. See `scoreCause`.
   * Undefined for an unknown episode.
   */
  causes(options: CauseOptions): Promise<CauseCandidate[] | undefined>
  /**
   * Moves episodes to a state, all or none. Unknown ids are left out of the answer.
   *
   * @throws StorageError `invalid` for a step that is not allowed
   */
  setConsolidationState(ids: readonly string[], state: EpisodeState): Promise<Episode[]>
  /** Erases an episode with its document, vectors, links and measurements; the receipt counts them. */
  forget(id: string): Promise<ForgetEpisodeReceipt>
  /**
   * Records the commits of a git repository that are not recorded yet, parents first. What a rewritten
   * history repeats is recorded once. An interrupted run goes on where it ended. Not in a transaction:
   * each part has its own.
   *
   * @throws StorageError `invalid` where the path is in no repository, `unavailable` without git
   */
  ingestGit(options: IngestGitOptions): Promise<IngestGitReport>
  /**
   * Records events from a file of JSON lines, from where the last run ended. A malformed line is
   * reported and skipped; a last line that is not finished is read again.
   *
   * @throws StorageError `invalid` where the path is no file
   */
  ingestJsonl(options: IngestFileOptions): Promise<IngestFileReport>
  /**
   * Records the tool calls of a chat transcript, from where the last run ended. A call without a
   * result is recorded after an hour. See `parseTranscriptLine` for the kinds of transcripts.
   *
   * @throws StorageError `invalid` where the path is no file
   */
  ingestTranscript(options: IngestFileOptions): Promise<IngestFileReport>
}

/** The store of episodic memory over a database or a transaction. */
export const createEpisodicStore = (db: Database, options: EpisodicStoreOptions): EpisodicStore => {
  const { documents, secretPolicy = 'redact', now = () => new Date() } = options
  const store: StoreContext = { db, documents, secretPolicy, now, newId: options.newId ?? newId }
  return {
    async record(episode) {
      const { results, notices } = await recordEpisodes(store, [episode])
      const [result] = results
      if (!result) throw new Error('One episode has one result.')
      return { ...result, notices }
    },
    recordMany: (episodes) => recordEpisodes(store, episodes),
    get: async (id) => (await findByIds(db, [id]))[0],
    list: (page) => listEpisodes(db, page),
    recent: (recent) => readRecent(db, recent, now()),
    search: (question) => searchEpisodes(store, question),
    timeline: (page) => readTimeline(db, page),
    relate: (link) => relateEpisodes(store, link),
    related: (page) => findRelated(db, page),
    addMetric: (metric) => addMetric(store, metric),
    metrics: (page) => listMetrics(db, page),
    mostSurprising: (page) => listSurprising(db, page),
    segmentBySurprise: (sequence) => segmentEpisodes(db, sequence),
    chain: (chain) => readChain(db, chain),
    causes: (effect) => findCauses(db, effect),
    setConsolidationState: (ids, state) => setConsolidationState(db, ids, { state, at: now() }),
    forget: (id) => forgetEpisode(store, id),
    ingestGit: (source) => ingestGit(store, source),
    ingestJsonl: (source) => ingestJsonl(store, source),
    ingestTranscript: (source) => ingestTranscript(store, source),
  }
}
