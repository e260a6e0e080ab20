import type { Vocabulary } from '../vocabulary/vocabulary.ts'
import { ownedColumns } from './owned-columns.ts'
import type { ProjectTables } from './projects.ts'

/** Episodic memory: what happened, when, and how it went. */
export const defineEpisodic = (c: Vocabulary, projects: ProjectTables) => {
  const episodes = defineEpisodes(c, projects)
  return {
    episodes,
    episodeFiles: defineEpisodeFiles(c, projects, episodes),
    episodeSymbols: defineEpisodeSymbols(c, projects, episodes),
    episodeRelations: defineEpisodeRelations(c, projects, episodes),
    episodeMetrics: defineEpisodeMetrics(c, projects, episodes),
    ingestionCursors: defineIngestionCursors(c, projects),
  }
}

const defineEpisodes = (c: Vocabulary, { projects }: ProjectTables) =>
  c.table(
    'episodes',
    {
      ...ownedColumns(c),
      /** The name that whoever reported it gave the session; not the id of a row. */
      sessionId: c.text('session_id'),
      occurredAt: c.timestamp('occurred_at').notNull(),
      eventType: c.text('event_type').notNull(),
      content: c.text('content').notNull(),
      /** SHA-256 in hex of what makes it the same event: it is recorded once. */
      contentHash: c.text('content_hash').notNull(),
      outcome: c.text('outcome'),
      learned: c.text('learned'),
      confidence: c.real('confidence').notNull(),
      /** How unexpected it was; absent until measured. */
      surprise: c.real('surprise'),
      cwd: c.text('cwd'),
      task: c.text('task'),
      phase: c.text('phase'),
      branch: c.text('branch'),
      durationMs: c.integer('duration_ms'),
      filesChanged: c.integer('files_changed'),
      linesAdded: c.integer('lines_added'),
      linesDeleted: c.integer('lines_deleted'),
      /** What an event of code says beyond its files and symbols: language, diff, commit, test. */
      code: c.json<Record<string, unknown>>('code'),
      /** Where it was learned: a repository, a log, a transcript. */
      source: c.text('source'),
      consolidationState: c.text('consolidation_state').notNull(),
      consolidatedAt: c.timestamp('consolidated_at'),
    },
    (t) => [
      c.primaryKey(t, [t.id]),
      c.foreignKey(t, t.projectId, projects),
      c.uniqueIndex('episodes_content_hash_project_id_idx', t, [t.contentHash, t.projectId]),
      c.index('episodes_project_id_occurred_at_idx', t, [t.projectId, t.occurredAt]),
      c.index('episodes_project_id_session_id_occurred_at_idx', t, [
        t.projectId,
        t.sessionId,
        t.occurredAt,
      ]),
      c.index('episodes_project_id_event_type_occurred_at_idx', t, [
        t.projectId,
        t.eventType,
        t.occurredAt,
      ]),
      c.index('episodes_project_id_outcome_occurred_at_idx', t, [
        t.projectId,
        t.outcome,
        t.occurredAt,
      ]),
      c.index('episodes_project_id_consolidation_state_occurred_at_idx', t, [
        t.projectId,
        t.consolidationState,
        t.occurredAt,
      ]),
      c.index('episodes_project_id_surprise_idx', t, [t.projectId, t.surprise]),
    ],
  )

type Episodes = ReturnType<typeof defineEpisodes>

/** Files that an episode was about, a row each, so that episodes are found by them. */
const defineEpisodeFiles = (c: Vocabulary, { projects }: ProjectTables, episodes: Episodes) =>
  c.table(
    'episode_files',
    {
      ...ownedColumns(c),
      episodeId: c.text('episode_id').notNull(),
      path: c.text('path').notNull(),
    },
    (t) => [
      c.primaryKey(t, [t.id]),
      c.foreignKey(t, t.projectId, projects),
      c.foreignKey(t, t.episodeId, episodes),
      c.uniqueIndex('episode_files_episode_id_path_idx', t, [t.episodeId, t.path]),
      c.index('episode_files_project_id_path_idx', t, [t.projectId, t.path]),
    ],
  )

/** Symbols of code that an episode was about, a row each. */
const defineEpisodeSymbols = (c: Vocabulary, { projects }: ProjectTables, episodes: Episodes) =>
  c.table(
    'episode_symbols',
    {
      ...ownedColumns(c),
      episodeId: c.text('episode_id').notNull(),
      symbol: c.text('symbol').notNull(),
    },
    (t) => [
      c.primaryKey(t, [t.id]),
      c.foreignKey(t, t.projectId, projects),
      c.foreignKey(t, t.episodeId, episodes),
      c.uniqueIndex('episode_symbols_episode_id_symbol_idx', t, [t.episodeId, t.symbol]),
      c.index('episode_symbols_project_id_symbol_idx', t, [t.projectId, t.symbol]),
    ],
  )

const defineEpisodeRelations = (c: Vocabulary, { projects }: ProjectTables, episodes: Episodes) =>
  c.table(
    'episode_relations',
    {
      ...ownedColumns(c),
      fromId: c.text('from_id').notNull(),
      toId: c.text('to_id').notNull(),
      relationType: c.text('relation_type').notNull(),
      strength: c.real('strength').notNull(),
    },
    (t) => [
      c.primaryKey(t, [t.id]),
      c.foreignKey(t, t.projectId, projects),
      c.foreignKey(t, t.fromId, episodes),
      c.foreignKey(t, t.toId, episodes),
      c.uniqueIndex('episode_relations_from_id_to_id_relation_type_idx', t, [
        t.fromId,
        t.toId,
        t.relationType,
      ]),
      c.index('episode_relations_to_id_idx', t, [t.toId]),
      c.index('episode_relations_project_id_idx', t, [t.projectId]),
    ],
  )

const defineEpisodeMetrics = (c: Vocabulary, { projects }: ProjectTables, episodes: Episodes) =>
  c.table(
    'episode_metrics',
    {
      ...ownedColumns(c),
      episodeId: c.text('episode_id').notNull(),
      name: c.text('name').notNull(),
      value: c.real('value').notNull(),
      unit: c.text('unit'),
      measuredAt: c.timestamp('measured_at').notNull(),
    },
    (t) => [
      c.primaryKey(t, [t.id]),
      c.foreignKey(t, t.projectId, projects),
      c.foreignKey(t, t.episodeId, episodes),
      c.index('episode_metrics_episode_id_measured_at_idx', t, [t.episodeId, t.measuredAt]),
      c.index('episode_metrics_project_id_name_measured_at_idx', t, [
        t.projectId,
        t.name,
        t.measuredAt,
      ]),
    ],
  )

const defineIngestionCursors = (c: Vocabulary, { projects }: ProjectTables) =>
  c.table(
    'ingestion_cursors',
    {
      ...ownedColumns(c),
      /** What is read, such as the path of a repository or a file. */
      source: c.text('source').notNull(),
      sourceKind: c.text('source_kind').notNull(),
      /** Where reading goes on: a commit, an offset. */
      cursor: c.json<Record<string, unknown>>('cursor').notNull(),
      /** Episodes that came from it so far. */
      episodeCount: c.integer('episode_count').notNull(),
      ingestedAt: c.timestamp('ingested_at').notNull(),
    },
    (t) => [
      c.primaryKey(t, [t.id]),
      c.foreignKey(t, t.projectId, projects),
      c.uniqueIndex('ingestion_cursors_project_id_source_kind_source_idx', t, [
        t.projectId,
        t.sourceKind,
        t.source,
      ]),
    ],
  )
