import { guardFields, type SecretPolicy } from '@athena-memory/db-core/secrets'
import type { DocumentInput } from '@athena-memory/search'
import { checkEpisode } from './check-episode.ts'
import { fitCodeDetails } from './code-details.ts'
import { hashEpisode } from './content-hash.ts'
import { type EpisodeRow, type EpisodeSubjects, EPISODIC_LAYER } from './episode.ts'
import type { NewEpisode } from './new-episode.ts'

/** An episode ready to be written, before its text is analysed and embedded. */
export interface EpisodeDraft {
  readonly row: Omit<EpisodeRow, 'tenantId'>
  readonly subjects: EpisodeSubjects
  /** Secrets cut out of it. */
  readonly redactions: number
}

/** What a draft is made with. */
export interface DraftOptions {
  readonly id: string
  readonly now: Date
  readonly secretPolicy: SecretPolicy
  /** What makes it the same event, in place of its fields; see `hashParts`. */
  readonly contentHash?: string | undefined
}

/**
 * Checks a new episode, cuts secrets out of its texts and completes it.
 *
 * @throws StorageError `invalid` that names the field
 */
export const draftEpisode = (
  unguarded: NewEpisode,
  { id, now, contentHash, secretPolicy }: DraftOptions,
): EpisodeDraft => {
  checkEpisode(unguarded)
  const { given, redactions } = withoutSecrets(unguarded, secretPolicy)
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
      code: given.code ? fitCodeDetails(given.code) : null,
      consolidationState: 'unconsolidated',
      consolidatedAt: null,
      createdAt: now,
      updatedAt: now,
    },
    subjects,
    redactions,
  }
}

/** Names stay as they are: of the session, of files and of symbols. */
const withoutSecrets = (episode: NewEpisode, secretPolicy: SecretPolicy) => {
  const { content, learned, cwd, task, phase, branch, source, code } = episode
  const texts = { content, learned, cwd, task, phase, branch, source, code }
  const { fields, redactions } = guardFields(texts, secretPolicy)
  return { given: { ...episode, ...fields }, redactions }
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
