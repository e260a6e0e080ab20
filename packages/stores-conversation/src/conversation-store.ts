import { type Database, newId } from '@athena-memory/db-core'
import type { SecretPolicy } from '@athena-memory/db-core/secrets'
import type { DocumentIndex } from '@athena-memory/search'
import { type AddedMessages, addMessages, type NewMessage } from './add-messages.ts'
import type { OpenTaskReader } from './brief/open-task.ts'
import { type BriefOptions, type ResumptionBrief, writeBrief } from './brief/resumption-brief.ts'
import {
  type ConversationExport,
  exportConversation,
  type ExportOptions,
} from './export/export-conversation.ts'
import { forgetConversation, type ForgetReceipt } from './forget/forget-conversation.ts'
import { type IngestOptions, type IngestReport, ingestTranscript } from './ingest-transcript.ts'
import type { Message } from './message.ts'
import { readThread, type ThreadOptions, type ThreadView } from './read-thread.ts'
import {
  type ConversationSearch,
  type ConversationSearchOutcome,
  searchConversations,
} from './search-conversations.ts'
import type { Session } from './session.ts'
import {
  endSession,
  listSessions,
  type NewSession,
  type SessionListOptions,
  type SessionPage,
  type StartedSession,
  startSession,
} from './sessions.ts'
import type { Snapshot } from './snapshot/snapshot.ts'
import {
  listSnapshots,
  type RecoverOptions,
  recoverSnapshot,
  type SnapshotListOptions,
  type SnapshotPage,
} from './snapshot/snapshots.ts'
import { type NewSnapshot, type TakenSnapshot, takeSnapshot } from './snapshot/take-snapshot.ts'
import type { StoreContext } from './store-context.ts'
import { listSummaries, type SummaryListOptions, type SummaryPage } from './summary/summaries.ts'
import { summarize, type Summarized, type SummarizeOptions } from './summary/summarize.ts'
import type { Thread } from './thread.ts'
import {
  archiveThread,
  listThreads,
  type NewThread,
  type RecentOptions,
  startThread,
  type ThreadPage,
} from './threads.ts'
import { readTranscript } from './transcript/read-transcript.ts'

/** What the store needs besides a database. */
export interface ConversationStoreOptions {
  /** The index of the same database, or of the same transaction. */
  readonly documents: DocumentIndex
  /** What happens to keys, tokens and passwords; default `redact`. */
  readonly secretPolicy?: SecretPolicy | undefined
  /** Where a resumption brief has its open tasks from; without it, it has none. */
  readonly readOpenTasks?: OpenTaskReader | undefined
  /**
   * Reads a transcript by its path; default from the files of this machine. Who serves others than the
   * user of this machine should hand in one that refuses.
   */
  readonly readTranscript?: ((path: string) => Promise<string>) | undefined
  readonly now?: (() => Date) | undefined
  readonly newId?: (() => string) | undefined
}

/** A message as it was stored, and what the caller should know of how. */
export interface AddedMessage {
  readonly message: Message
  /** Keys, tokens and passwords that were cut out. */
  readonly redactions: number
  readonly notices: string[]
}

/** Who said what, in which session and thread, and what it came to. */
export interface ConversationStore {
  /**
   * Starts a session. One of the same `externalId` is taken up again: it is open once more, and what is
   * given replaces what it said of itself.
   *
   * @throws StorageError `missing-reference` without such a project
   */
  startSession(session: NewSession): Promise<StartedSession>
  /**
   * Ends a session, now unless `endedAt` says when. One that has ended stays as it is.
   *
   * @throws StorageError `invalid` for an end before its start
   */
  endSession(id: string, endedAt?: Date): Promise<Session | undefined>
  /** The latest first; 20 unless `limit` says otherwise. */
  sessions(options: SessionListOptions): Promise<SessionPage>
  /** @throws StorageError `missing-reference` without such a session */
  startThread(thread: NewThread): Promise<Thread>
  /**
   * Puts a message at the end of a thread, found by search at once. Callers at the same time get
   * places one after the other.
   *
   * @throws StorageError `invalid` that names the field, `missing-reference` without such a thread
   */
  addMessage(threadId: string, message: NewMessage): Promise<AddedMessage>
  /** Adds all or none; the texts are embedded together. Errors as of `addMessage`. */
  addMessages(threadId: string, messages: readonly NewMessage[]): Promise<AddedMessages>
  /** A thread with its messages from the first on, or the last one back; 100 unless `limit` differs. */
  thread(id: string, options?: ThreadOptions): Promise<ThreadView | undefined>
  /** Threads that are not archived, the last active first; 20 unless `limit` says otherwise. */
  recent(options: RecentOptions): Promise<ThreadPage>
  /** Answers a question by text and meaning from messages, summaries and snapshots, best first. */
  search(question: ConversationSearch): Promise<ConversationSearchOutcome>
  /**
   * Keeps what a thread or session came to: the text given, else sentences that were said, chosen by
   * SumBasic without a model. Covers the last 1,000 messages, without the output of tools. In search it
   * takes the place of summaries that cover nothing else. Absent where there is nothing to sum up.
   *
   * @throws StorageError `invalid` that names the field
   */
  summarize(options: SummarizeOptions): Promise<Summarized | undefined>
  /** The latest first; 20 unless `limit` says otherwise. */
  summaries(options: SummaryListOptions): Promise<SummaryPage>
  /**
   * Keeps a context before it is lost: the text given, found by search, or a copy of the last messages
   * of a thread.
   *
   * @throws StorageError `invalid` that names the field, `missing-reference` for a session or thread
   * that this project has not
   */
  snapshot(snapshot: NewSnapshot): Promise<TakenSnapshot>
  /** The latest first; 20 unless `limit` says otherwise. */
  snapshots(options: SnapshotListOptions): Promise<SnapshotPage>
  /** The latest snapshot that fits, noted as recovered. */
  recover(options: RecoverOptions): Promise<Snapshot | undefined>
  /**
   * Where the work stood: the session that was last active, open tasks, the latest summary and the last
   * turns without the output of tools, as a text within a budget of tokens. Archived threads are left out.
   */
  resumptionBrief(options: BriefOptions): Promise<ResumptionBrief>
  /** Takes a thread out of `recent` and of briefs, or back in. Search finds it all the same. */
  archive(id: string, options?: { isArchived?: boolean | undefined }): Promise<Thread | undefined>
  /**
   * Writes a thread or a session down in full, as JSON or Markdown.
   *
   * @throws StorageError `invalid` unless exactly one of them is named
   */
  export(options: ExportOptions): Promise<ConversationExport | undefined>
  /**
   * Takes in a transcript that a chat agent wrote; see `parseTranscript` for the shapes it may have.
   * Lines that hold no message are reported and skipped. What was taken in before is not added again,
   * also when the transcript has grown. Side conversations of helpers are archived threads.
   *
   * @throws StorageError `invalid` unless there is exactly one of text, path and transcript, or where
   * the file cannot be read; `missing-reference` without such a project
   */
  ingestJsonl(options: IngestOptions): Promise<IngestReport>
  /**
   * Erases a session, thread, message, summary or snapshot of this id with everything in it: texts,
   * vectors, full text, and every summary and copy that was made from one of its messages. It cannot be
   * brought back.
   */
  forget(id: string): Promise<ForgetReceipt>
}

/** The store of conversations over a database or a transaction. */
export const createConversationStore = (
  db: Database,
  options: ConversationStoreOptions,
): ConversationStore => {
  const store: StoreContext = {
    db,
    documents: options.documents,
    secretPolicy: options.secretPolicy ?? 'redact',
    readOpenTasks: options.readOpenTasks ?? (async () => []),
    readTranscript: options.readTranscript ?? readTranscript,
    now: options.now ?? (() => new Date()),
    newId: options.newId ?? newId,
  }
  return {
    startSession: (session) => startSession(store, session),
    endSession: (id, endedAt) => endSession(store, id, endedAt),
    sessions: (page) => listSessions(db, page),
    startThread: (thread) => startThread(store, thread),
    async addMessage(threadId, given) {
      const { messages, ...rest } = await addMessages(store, threadId, [given])
      const [message] = messages
      if (!message) throw new Error('One message gives one row.')
      return { message, ...rest }
    },
    addMessages: (threadId, messages) => addMessages(store, threadId, messages),
    thread: (id, page) => readThread(db, id, page),
    recent: (page) => listThreads(db, page),
    search: (question) => searchConversations(store, question),
    summarize: (subject) => summarize(store, subject),
    summaries: (page) => listSummaries(db, page),
    snapshot: (snapshot) => takeSnapshot(store, snapshot),
    snapshots: (page) => listSnapshots(db, page),
    recover: (filter) => recoverSnapshot(store, filter),
    resumptionBrief: (brief) => writeBrief(store, brief),
    archive: (id, change) => archiveThread(store, id, change),
    export: (subject) => exportConversation(db, subject),
    ingestJsonl: (source) => ingestTranscript(store, source),
    forget: (id) => forgetConversation(store, id),
  }
}
