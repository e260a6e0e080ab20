import type { Tables } from '@athena-memory/db-core'
import { memberOf } from '@athena-memory/db-core/stores'
import { type CodeDetails, readCodeDetails } from './code-details.ts'

/** The layer's name in documents, derivations and results. */
export const EPISODIC_LAYER = 'episodic'

/** What kind of event an episode is. */
export const EVENT_TYPES = [
  'action',
  'conversation',
  'decision',
  'error',
  'success',
  'tool_call',
  'file_change',
  'code_edit',
  'commit',
  'merge_conflict',
  'refactoring',
  'dependency_change',
  'debugging',
  'bug_discovery',
  'test_run',
  'perf_profile',
  'code_review',
  'arch_decision',
  'symbol_lookup',
  'deployment',
] as const
export type EventType = (typeof EVENT_TYPES)[number]

/** How it went. */
export const OUTCOMES = ['success', 'failure', 'partial', 'ongoing'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** How far consolidation is with an episode. */
export const EPISODE_STATES = ['unconsolidated', 'consolidating', 'consolidated'] as const
export type EpisodeState = (typeof EPISODE_STATES)[number]

/** Something that happened. */
export interface Episode {
  readonly id: string
  readonly projectId: string
  /** The name that whoever reported it gave the session. */
  readonly sessionId?: string | undefined
  readonly occurredAt: Date
  readonly eventType: EventType
  readonly content: string
  readonly outcome?: Outcome | undefined
  /** What is to be learned from it, in words. */
  readonly learned?: string | undefined
  /** From 0 to 1. */
  readonly confidence: number
  /** How unexpected it was, from 0 to 1; absent where too little came before it to say. */
  readonly surprise?: number | undefined
  readonly cwd?: string | undefined
  /** Files it was about, in order of their names. */
  readonly files: readonly string[]
  /** Symbols of code it was about, in order of their names. */
  readonly symbols: readonly string[]
  readonly task?: string | undefined
  readonly phase?: string | undefined
  readonly branch?: string | undefined
  readonly durationMs?: number | undefined
  readonly filesChanged?: number | undefined
  readonly linesAdded?: number | undefined
  readonly linesDeleted?: number | undefined
  readonly code?: CodeDetails | undefined
  /** Where it was learned: a repository, a log, a transcript. */
  readonly source?: string | undefined
  readonly consolidationState: EpisodeState
  readonly consolidatedAt?: Date | undefined
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** A stored row. */
export type EpisodeRow = Tables['episodes']['$inferSelect']

/** What an episode was about, which lies in tables of its own. */
export type EpisodeSubjects = Pick<Episode, 'files' | 'symbols'>

/** A stored row as callers see it. */
export const toEpisode = (stored: EpisodeRow, subjects: EpisodeSubjects): Episode => {
  const { tenantId: _, contentHash: __, ...row } = stored
  return {
    ...row,
    ...subjects,
    ...toContext(row),
    ...toMeasures(row),
    eventType: memberOf(EVENT_TYPES, row.eventType, 'the event_type of a stored episode'),
    outcome:
      row.outcome === null
        ? undefined
        : memberOf(OUTCOMES, row.outcome, 'the outcome of a stored episode'),
    code: row.code === null ? undefined : readCodeDetails(row.code),
    consolidationState: memberOf(
      EPISODE_STATES,
      row.consolidationState,
      'the state of a stored episode',
    ),
    consolidatedAt: row.consolidatedAt ?? undefined,
  }
}

const toContext = (row: Omit<EpisodeRow, 'tenantId' | 'contentHash'>) => ({
  sessionId: row.sessionId ?? undefined,
  cwd: row.cwd ?? undefined,
  task: row.task ?? undefined,
  phase: row.phase ?? undefined,
  branch: row.branch ?? undefined,
  source: row.source ?? undefined,
  learned: row.learned ?? undefined,
})

const toMeasures = (row: Omit<EpisodeRow, 'tenantId' | 'contentHash'>) => ({
  surprise: row.surprise ?? undefined,
  durationMs: row.durationMs ?? undefined,
  filesChanged: row.filesChanged ?? undefined,
  linesAdded: row.linesAdded ?? undefined,
  linesDeleted: row.linesDeleted ?? undefined,
})
