import type { DocumentInput } from '@athena-memory/search'
import { checkEpisode } from './check-episode.ts'
import { hashEpisode } from './content-hash.ts'
import { type EpisodeRow, type EpisodeSubjects, EPISODIC_LAYER } from './episode.ts'
import type { NewEpisode } from './new-episode.ts'

/** An episode ready to be written, before its text is analysed and embedded. */
export interface EpisodeDraft {
  readonly row: Omit<EpisodeRow, 'tenantId'>
  readonly subjects: EpisodeSubjects
}

/** What a draft is made with. */
export interface DraftOptions {
  readonly id: string
  readonly now: Date
  /** What makes it the same event, in place of its fields; see `hashParts`. */
  readonly contentHash?: string | undefined
}

/**
 * Checks a new episode and completes it.
 *
 * @throws StorageError `invalid` that names the field
 */
export const draftEpisode = (
  given: NewEpisode,
  { id, now, contentHash }: DraftOptions,
): EpisodeDraft => {
  checkEpisode(given)
  const occurredAt = given.occurredAt ?? now
  const subjects = { files: namesOf(given.files), symbols: namesOf(given.symbols) }
  return {
    row: {
      id,
      projectId: given.projectId,
      occurredAt,
      eventType: given.eventType ?? 'action',
      content: given.content,
      contentHash: contentHash ?? hashEpisode({ ...given, occurredAt }),
      ...contextOf(given),
      ...measuresOf(given, subjects),
      code: given.code ? { ...given.code } : null,
      consolidationState: 'unconsolidated',
      consolidatedAt: null,
      createdAt: now,
      updatedAt: now,
    },
    subjects,
  }
}

const contextOf = (given: NewEpisode) => ({
  sessionId: given.sessionId ?? null,
  outcome: given.outcome ?? null,
  learned: given.learned || null,
  cwd: given.cwd || null,
  task: given.task || null,
  phase: given.phase || null,
  branch: given.branch || null,
  source: given.source || null,
})

const measuresOf = (given: NewEpisode, { files }: EpisodeSubjects) => ({
  confidence: given.confidence ?? 1,
  surprise: given.surprise ?? null,
  durationMs: given.durationMs ?? null,
  filesChanged: given.filesChanged ?? (files.length || null),
  linesAdded: given.linesAdded ?? null,
  linesDeleted: given.linesDeleted ?? null,
})

/** Each name once, in order of code units, as the databases will return them. */
const namesOf = (names: readonly string[] = []): string[] =>
  [...new Set(names.map((name) => name.replaceAll('\0', '')))].toSorted()

/** The document by which an episode is found: what happened, and what was learned from it. */
export const toDocument = ({ row }: Pick<EpisodeDraft, 'row'>): DocumentInput => ({
  layer: EPISODIC_LAYER,
  sourceId: row.id,
  projectId: row.projectId,
  content: row.learned === null ? row.content : `${row.content}\n${row.learned}`,
  kind: row.eventType,
  groupId: row.sessionId ?? undefined,
  occurredAt: row.occurredAt,
  consolidationState: row.consolidationState,
})
