import { z } from 'zod'
import { draftEpisode, type EpisodeDraft } from '../episode-draft.ts'
import { episodeFields, occurredAt } from '../episode-fields.ts'
import { StorageError } from '@athena-memory/db-core'
import type { StoreContext } from '../store-context.ts'
import {
  findFile,
  ingestFile,
  type IngestFileOptions,
  type IngestFileReport,
  type LineReader,
  type MalformedLine,
  parseJsonLine,
  placeAfter,
  placeBefore,
} from './ingest-file.ts'
import type { FileLine, LinePlace } from './read-lines.ts'

/** An event as a line of JSON: it has to say when it happened, so that it is the same one next time. */
const episodeLine = z.strictObject({ ...episodeFields, occurredAt })

/** Records events that lie in a file, one a line; see `EpisodicStore.ingestJsonl`. */
export const ingestJsonl = async (
  store: StoreContext,
  { projectId, path }: IngestFileOptions,
): Promise<IngestFileReport> => {
  const { source } = await findFile(path)
  const read: LineReader = (lines) => {
    const drafts: EpisodeDraft[] = []
    const malformed: MalformedLine[] = []
    for (const line of lines) {
      const result = draftLine(store, { projectId, source, line })
      if (result && 'row' in result) drafts.push(result)
      else if (result) malformed.push({ line: line.number, reason: result.reason })
    }
    return { drafts, malformed, resumeAt: endOf(lines) }
  }
  return ingestFile(store, { projectId, source, sourceKind: 'jsonl' }, read)
}

interface SourceLine {
  readonly projectId: string
  readonly source: string
  readonly line: FileLine
}

const draftLine = (
  { newId, now, secretPolicy }: StoreContext,
  { projectId, source, line }: SourceLine,
): EpisodeDraft | { readonly reason: string } | undefined => {
  const parsed = parseJsonLine(line)
  if (parsed === undefined || 'reason' in parsed) return parsed
  const { data, error } = episodeLine.safeParse(parsed.value)
  if (!data) return { reason: reasonOf(error.issues[0]) }
  try {
    const episode = { source, ...data, projectId }
    return draftEpisode(episode, { id: newId(), now: now(), secretPolicy })
  } catch (thrown) {
    if (StorageError.is(thrown)) return { reason: thrown.message }
    throw thrown
  }
}

/** What is wrong with a line, without anything that it holds. */
const reasonOf = (issue: z.core.$ZodIssue | undefined): string => {
  if (issue === undefined || issue.path.length === 0) {
    return issue?.code === 'unrecognized_keys'
      ? 'has a field that no episode has'
      : 'is no JSON object'
  }
  const field = String(issue.path[0])
  return issue.code === 'unrecognized_keys'
    ? `${field} has a field that it must not have`
    : `${field}: ${issue.message}`
}

/** A last line that is no JSON yet is read again: somebody may be writing it. */
const endOf = (lines: readonly FileLine[]): LinePlace => {
  const last = lines.at(-1)
  if (!last) return { offset: 0, lines: 0 }
  const parsed = parseJsonLine(last)
  const isUnfinished = !last.isComplete && parsed !== undefined && 'reason' in parsed
  return isUnfinished ? placeBefore(last) : placeAfter(last)
}
