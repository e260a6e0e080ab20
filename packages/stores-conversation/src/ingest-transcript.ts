import { chunksOf } from '@athena-memory/db-core/stores'
import { basename, extname } from 'node:path'
import { type Database, StorageError } from '@athena-memory/db-core'
import { guardFields, type SecretPolicy } from '@athena-memory/db-core/secrets'
import { and, eq, inArray } from 'drizzle-orm'
import { draftMessage, noticesOf, prepareMessages, sumRedactions } from './add-messages.ts'
import { appendMessages, type OpenThread } from './append-messages.ts'
import { draftSession } from './sessions.ts'
import { stableId } from './stable-id.ts'
import type { StoreContext } from './store-context.ts'
import { draftThread } from './threads.ts'
import { parseTranscript } from './transcript/parse-transcript.ts'
import type {
  LineProblem,
  ToolCall,
  Transcript,
  TranscriptMessage,
} from './transcript/transcript.ts'

/** A transcript to take in: exactly one of `text`, `path` and `transcript`. */
export interface IngestOptions {
  readonly projectId: string
  /** JSON lines. */
  readonly text?: string | undefined
  /** A file of JSON lines on this machine. */
  readonly path?: string | undefined
  /** What `parseTranscript` made of one. */
  readonly transcript?: Transcript | undefined
  /**
   * The session of lines that name none; a parsed transcript has settled it. Default: the name of the file, else the first session that is
   * named, else a name made of the first line.
   */
  readonly session?: string | undefined
}

/** A call of a tool, and what it belongs to here. */
export interface IngestedToolCall extends ToolCall {
  readonly sessionId: string
  readonly threadId: string
  readonly messageId: string
  /** Whether its message was taken in now: record those elsewhere, and nothing is recorded twice. */
  readonly isNew: boolean
}

/** What was taken from a transcript. */
export interface IngestReport {
  /** Sessions of the transcript, in its order. */
  readonly sessions: { readonly id: string; readonly externalId: string }[]
  readonly added: number
  /** Messages that were there already. */
  readonly known: number
  /** Keys, tokens and passwords that were cut out of the messages that were added. */
  readonly redactions: number
  /** In the order of the transcript; secrets are cut out of what they show. */
  readonly toolCalls: IngestedToolCall[]
  readonly problems: LineProblem[]
  readonly notices: string[]
}

/** Takes a transcript in; see `ConversationStore.ingestJsonl`. */
export const ingestTranscript = async (
  store: StoreContext,
  options: IngestOptions,
): Promise<IngestReport> => {
  const { projectId } = options
  const transcript = await transcriptOf(store, options)
  const source = { projectId, at: store.now(), transcript }
  const ids = transcript.messages.map(({ key }) => messageIdOf(projectId, key))
  const known = await findKnown(store.db, ids)
  const unknown = transcript.messages.filter((_, index) => !known.has(ids[index] ?? ''))
  const drafts = unknown.map((message) => draftOf(message, source, store.secretPolicy))
  const prepared = await prepareMessages(store, drafts)
  const { sessionIds, added } = await store.db.transaction(async (tx) => {
    const rivals = await findKnown(
      tx,
      drafts.map(({ draft }) => draft.id),
    )
    const fresh = prepared.filter(({ draft }) => !rivals.has(draft.id))
    const sessions = await ensureSessions(tx, source)
    const threads = await openThreads(tx, source, sessions)
    const touched = new Set(fresh.map(({ draft }) => draft.threadId))
    const open = threads.filter(({ id }) => touched.has(id))
    const scope = { tx, documents: store.documents, at: source.at }
    const rows = await appendMessages(scope, open, fresh)
    return { sessionIds: sessions, added: new Set(rows.map(({ id }) => id)) }
  })
  return {
    sessions: Array.from(sessionIds, ([externalId, id]) => ({ id, externalId })),
    added: added.size,
    known: ids.length - added.size,
    redactions: sumRedactions(prepared.filter(({ draft }) => added.has(draft.id))),
    toolCalls: placeCalls(source, sessionIds, added).map((call) =>
      withoutSecrets(call, store.secretPolicy),
    ),
    problems: [...transcript.problems],
    notices: noticesOf(prepared),
  }
}

const transcriptOf = async (
  { readTranscript }: StoreContext,
  { text, path, transcript, session }: IngestOptions,
): Promise<Transcript> => {
  const given = [text, path, transcript].filter((each) => each !== undefined)
  if (given.length !== 1) {
    throw new StorageError('invalid', { detail: 'give either text or path, and not both' })
  }
  if (transcript !== undefined) return transcript
  if (path === undefined) return parseTranscript(text ?? '', { session })
  const named = session ?? basename(path, extname(path))
  return parseTranscript(await readTranscript(path), { session: named })
}

interface Source {
  readonly projectId: string
  readonly at: Date
  readonly transcript: Transcript
}

type Place = Pick<TranscriptMessage, 'session' | 'thread'>

const threadIdOf = (projectId: string, { session, thread }: Place): string =>
  stableId('thread', projectId, session, thread)

const messageIdOf = (projectId: string, key: string): string => stableId('message', projectId, key)

/** The id is that of what was said, whatever is cut out of it: another policy adds nothing twice. */
const draftOf = (
  message: TranscriptMessage,
  { projectId, at }: Source,
  secretPolicy: SecretPolicy,
) => {
  const id = messageIdOf(projectId, message.key)
  const threadId = threadIdOf(projectId, message)
  return draftMessage(message, { id, projectId, threadId, at }, secretPolicy)
}

const findKnown = async (
  { query, tables: { messages } }: Database,
  ids: readonly string[],
): Promise<Set<string>> => {
  const known = new Set<string>()
  for (const chunk of chunksOf(ids)) {
    const rows = await query
      .select({ id: messages.id })
      .from(messages)
      .where(inArray(messages.id, chunk))
    for (const { id } of rows) known.add(id)
  }
  return known
}

/** When each session, or each thread, of a transcript began: with its earliest message. */
const beginnings = (
  { transcript, at }: Source,
  nameOf: (message: TranscriptMessage) => string,
): Map<string, { first: TranscriptMessage; startedAt: Date }> => {
  const found = new Map<string, { first: TranscriptMessage; startedAt: Date }>()
  for (const message of transcript.messages) {
    const known = found.get(nameOf(message))
    const saidAt = message.saidAt ?? at
    const startedAt = known && known.startedAt < saidAt ? known.startedAt : saidAt
    found.set(nameOf(message), { first: known?.first ?? message, startedAt })
  }
  return found
}

/** Ids of the sessions of a transcript by their names; those that are not there yet are made. */
const ensureSessions = async (tx: Database, source: Source): Promise<Map<string, string>> => {
  const { projectId, at } = source
  const begun = beginnings(source, ({ session }) => session)
  const ids = new Map([...begun.keys()].map((name) => [name, '']))
  const { sessions } = tx.tables
  for (const chunk of chunksOf([...begun.keys()])) {
    const known = await tx.query
      .select({ id: sessions.id, externalId: sessions.externalId })
      .from(sessions)
      .where(and(eq(sessions.projectId, projectId), inArray(sessions.externalId, chunk)))
    const names = new Set(known.map(({ externalId }) => externalId))
    const drafts = chunk
      .filter((externalId) => !names.has(externalId))
      .map((externalId) =>
        draftSession(
          { projectId, externalId, startedAt: begun.get(externalId)?.startedAt },
          { id: stableId('session', projectId, externalId), at },
        ),
      )
    await insertSessions(tx, drafts)
    for (const { id, externalId } of [...known, ...drafts]) ids.set(externalId ?? '', id)
  }
  return ids
}

const insertSessions = async (
  { query, tables: { sessions } }: Database,
  rows: readonly ReturnType<typeof draftSession>[],
): Promise<void> => {
  if (rows.length === 0) return
  // A rival that is not visible yet then makes this transaction run again, and not fail.
  const insert = query
    .insert(sessions)
    .values([...rows])
    .onConflictDoNothing()
  const written = await insert.returning({ id: sessions.id })
  if (written.length < rows.length) throw new StorageError('busy')
}

/** The threads of a transcript: as they are stored, or new ones that are not stored yet. */
const openThreads = async (
  { query, tables: { threads } }: Database,
  source: Source,
  sessionIds: ReadonlyMap<string, string>,
): Promise<OpenThread[]> => {
  const { projectId, at } = source
  const begun = beginnings(source, (message) => threadIdOf(projectId, message))
  const open = new Map<string, OpenThread>()
  for (const [id, { first, startedAt }] of begun) {
    const sessionId = sessionIds.get(first.session) ?? ''
    const title = first.thread === '' ? undefined : first.thread
    const thread = draftThread({ projectId, sessionId, title, startedAt }, { id, at })
    // Side conversations are found by search, and do not stand among what was last talked about.
    open.set(id, first.isSidechain ? { ...thread, archivedAt: at } : thread)
  }
  for (const chunk of chunksOf([...begun.keys()])) {
    for (const row of await query.select().from(threads).where(inArray(threads.id, chunk))) {
      open.set(row.id, row)
    }
  }
  return [...open.values()]
}

const placeCalls = (
  { projectId, transcript }: Source,
  sessionIds: ReadonlyMap<string, string>,
  added: ReadonlySet<string>,
): IngestedToolCall[] => {
  const byKey = new Map(transcript.messages.map((message) => [message.key, message]))
  return transcript.toolCalls.flatMap((call) => {
    const message = byKey.get(call.messageKey)
    if (message === undefined) return []
    const messageId = messageIdOf(projectId, message.key)
    const place = { sessionId: sessionIds.get(message.session) ?? '', messageId }
    return [
      {
        ...call,
        ...place,
        threadId: threadIdOf(projectId, message),
        isNew: added.has(messageId),
      },
    ]
  })
}

/** Calls whose messages are known are shown again, and have been let in: nothing is refused here. */
const withoutSecrets = (call: IngestedToolCall, secretPolicy: SecretPolicy): IngestedToolCall => {
  const { argumentsSummary, resultSummary } = call
  const policy = secretPolicy === 'allow' ? 'allow' : 'redact'
  return { ...call, ...guardFields({ argumentsSummary, resultSummary }, policy).fields }
}
