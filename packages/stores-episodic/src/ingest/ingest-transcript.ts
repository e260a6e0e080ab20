import { basename, extname } from 'node:path'
import { hashParts } from '../content-hash.ts'
import { draftEpisode, type EpisodeDraft } from '../episode-draft.ts'
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
import {
  parseTranscriptLine,
  type TranscriptEntry,
  type TranscriptToolCall,
  type TranscriptToolResult,
} from './parse-transcript.ts'
import type { FileLine, LinePlace } from './read-lines.ts'
import { type CallDefaults, toCallEpisode } from './tool-call-episode.ts'

/** How long the result of a call is waited for before the call is recorded without it. */
const WAIT_MS = 3_600_000

/** Records the tool calls of a chat; see `EpisodicStore.ingestTranscript`. */
export const ingestTranscript = async (
  store: StoreContext,
  { projectId, path }: IngestFileOptions,
): Promise<IngestFileReport> => {
  const { source, changedAt } = await findFile(path)
  const sessionId = basename(source, extname(source)) || source
  const defaults = { projectId, source, sessionId, occurredAt: changedAt }
  const read = createCallReader(store, defaults)
  return ingestFile(store, { projectId, source, sourceKind: 'transcript' }, read)
}

interface PendingCall {
  readonly call: TranscriptToolCall
  /** Before the line that it stands in. */
  readonly place: LinePlace
}

/**
 * Pairs calls with their results. The next run begins before the first call that still has none, so
 * that it is recorded once and with its outcome, whenever its result is written.
 */
const createCallReader = (store: StoreContext, defaults: CallDefaults): LineReader => {
  const pending = new Map<string, PendingCall>()
  let latest = store.now().getTime()

  const take = (entry: TranscriptEntry, line: FileLine): EpisodeDraft[] => {
    latest = Math.max(latest, entry.occurredAt?.getTime() ?? latest)
    if (entry.kind === 'tool-call')
      pending.set(entry.callId, { call: entry, place: placeBefore(line) })
    const known = entry.kind === 'tool-result' ? pending.get(entry.callId) : undefined
    if (entry.kind !== 'tool-result' || known === undefined) return []
    pending.delete(entry.callId)
    return [draftCall(store, { call: known.call, result: entry, defaults })]
  }
  const giveUp = (): EpisodeDraft[] => {
    const old = [...pending.values()].filter(
      ({ call }) => latest - (call.occurredAt ?? defaults.occurredAt).getTime() > WAIT_MS,
    )
    for (const { call } of old) pending.delete(call.callId)
    return old.map(({ call }) => draftCall(store, { call, result: undefined, defaults }))
  }

  return (lines) => {
    const drafts: EpisodeDraft[] = []
    const malformed: MalformedLine[] = []
    let unfinished: LinePlace | undefined
    for (const line of lines) {
      const parsed = parseJsonLine(line)
      if (parsed === undefined) continue
      if ('value' in parsed) {
        for (const entry of parseTranscriptLine(parsed.value)) drafts.push(...take(entry, line))
        continue
      }
      malformed.push({ line: line.number, reason: parsed.reason })
      if (!line.isComplete) unfinished = placeBefore(line)
    }
    drafts.push(...giveUp())
    const [first] = [...pending.values()].map(({ place }) => place)
    return { drafts, malformed, resumeAt: resumeAt(lines, first ?? unfinished) }
  }
}

/** Before the line that is needed again, or after them all. */
const resumeAt = (lines: readonly FileLine[], needed: LinePlace | undefined): LinePlace => {
  if (needed) return needed
  const last = lines.at(-1)
  return last ? placeAfter(last) : { offset: 0, lines: 0 }
}

interface CompletedCall {
  readonly call: TranscriptToolCall
  readonly result: TranscriptToolResult | undefined
  readonly defaults: CallDefaults
}

/** A session that is resumed copies what was said before, with ids and times: these make the call. */
const draftCall = (
  { newId, now, secretPolicy }: StoreContext,
  { call, result, defaults }: CompletedCall,
): EpisodeDraft =>
  draftEpisode(toCallEpisode(call, result, defaults), {
    id: newId(),
    now: now(),
    secretPolicy,
    contentHash: hashParts([
      'tool-call',
      call.callId,
      call.occurredAt?.toISOString() ?? defaults.source,
    ]),
  })
