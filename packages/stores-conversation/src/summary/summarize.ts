import { type Database, StorageError } from '@athena-memory/db-core'
import { guardFields } from '@athena-memory/db-core/secrets'
import type { DocumentInput, PreparedDocument } from '@athena-memory/search'
import { noticesOf } from '../add-messages.ts'
import { checkText } from '../check-text.ts'
import { type Evidence, isAllThere, recordDerivation } from '../derive.ts'
import type { MessageRow } from '../message.ts'
import { findSession } from '../sessions.ts'
import { CONVERSATION_LAYER, type StoreContext } from '../store-context.ts'
import { findThread } from '../threads.ts'
import { estimateTokens } from '../token-count.ts'
import { extractSentences } from './extract-sentences.ts'
import { readUtterances, type SummarySubject } from './read-utterances.ts'
import { findCovered, findLatest } from './summaries.ts'
import { type Summary, SUMMARY_METHODS, type SummaryRow, toSummary } from './summary.ts'

/** What to sum up, and how: exactly one of `threadId` and `sessionId`. */
export interface SummarizeOptions {
  readonly threadId?: string | undefined
  readonly sessionId?: string | undefined
  /** What a model or a person wrote; absent, sentences are extracted. */
  readonly content?: string | undefined
  /** The model that wrote it. */
  readonly model?: string | undefined
  /** Positions of the first and last message that it covers, of a thread only; default all. */
  readonly fromPosition?: number | undefined
  readonly toPosition?: number | undefined
  /** Budget of what is extracted; default 300. */
  readonly maxTokens?: number | undefined
}

/** A summary, and what the caller should know of how it was stored. */
export interface Summarized {
  readonly summary: Summary
  /** Whether the latest one said exactly this already. */
  readonly isUnchanged: boolean
  /** Keys, tokens and passwords that were cut out of the content given. */
  readonly redactions: number
  readonly notices: string[]
}

const MAX_TOKENS = 300
const [EXTRACTIVE, BY_MODEL] = SUMMARY_METHODS

/** Sums a thread or session up; see `ConversationStore.summarize`. */
export const summarize = async (
  store: StoreContext,
  given: SummarizeOptions,
): Promise<Summarized | undefined> => {
  const { content, threadId, sessionId } = given
  if ((threadId === undefined) === (sessionId === undefined)) {
    const detail = 'give either threadId or sessionId, and not both'
    throw new StorageError('invalid', { detail })
  }
  if (content !== undefined) checkText('content', content)
  const { fields, redactions } = guardFields({ content }, store.secretPolicy)
  const options = { ...given, ...fields }
  for (;;) {
    const draft = await store.db.read((snapshot) => draftSummary(snapshot, options, store))
    if (draft === undefined) return undefined
    const [document] = await store.documents.prepare([toDocument(draft)])
    const written = document && (await writeSummary(store, draft, document))
    // Something that it quotes was forgotten meanwhile: it is made anew from what is left.
    if (written) return { ...written, redactions, notices: noticesOf([{ document }]) }
  }
}

interface SummaryDraft {
  readonly row: Omit<SummaryRow, 'tenantId'>
  readonly evidence: readonly Evidence[]
}

const draftSummary = async (
  snapshot: Database,
  options: SummarizeOptions,
  { now, newId }: StoreContext,
): Promise<SummaryDraft | undefined> => {
  const subject = await findSubject(snapshot, options)
  if (subject === undefined) return undefined
  const messages = await readUtterances(snapshot, subject, options)
  const text = textOf(messages, options)
  if (text.content === '') return undefined
  const at = now()
  const times = { summarizedAt: at, createdAt: at, updatedAt: at }
  const tokens = estimateTokens(text.content)
  const range = subject.threadId === null ? rangeOf([]) : rangeOf(messages)
  const { content, method, model, evidence } = text
  const row = { id: newId(), ...subject, content, ...range, tokens, method, model, ...times }
  return { evidence, row }
}

const rangeOf = (messages: readonly MessageRow[]) => ({
  fromPosition: messages[0]?.position ?? null,
  toPosition: messages.at(-1)?.position ?? null,
})

/** What was given, which rests on all messages, or sentences of some of them. */
const textOf = (
  messages: readonly MessageRow[],
  { content, model, maxTokens = MAX_TOKENS }: SummarizeOptions,
): Pick<SummaryRow, 'content' | 'method' | 'model'> & Pick<SummaryDraft, 'evidence'> => {
  if (content === undefined) {
    return { ...extract(messages, maxTokens), method: EXTRACTIVE, model: null }
  }
  const evidence: Evidence[] = messages.map(({ id }) => ({ messageId: id }))
  return { content, evidence, method: BY_MODEL, model: model ?? null }
}

const findSubject = async (
  db: Database,
  { threadId, sessionId = '' }: SummarizeOptions,
): Promise<SummarySubject | undefined> => {
  if (threadId === undefined) {
    const session = await findSession(db, sessionId)
    return session && { projectId: session.projectId, sessionId, threadId: null }
  }
  const thread = await findThread(db, threadId)
  return thread && { projectId: thread.projectId, sessionId: thread.sessionId, threadId }
}

const extract = (messages: readonly MessageRow[], maxTokens: number) => {
  const utterances = messages.map(({ speaker, role, content }) => ({
    label: speaker ?? role,
    content,
  }))
  const sentences = extractSentences(utterances, { maxTokens })
  return {
    content: sentences.map(({ line }) => line).join('\n'),
    evidence: sentences.flatMap(({ source, start, end }): Evidence[] => {
      const message = messages[source]
      return message ? [{ messageId: message.id, span: { start, end } }] : []
    }),
  }
}

const toDocument = ({ row }: SummaryDraft): DocumentInput => ({
  layer: CONVERSATION_LAYER,
  kind: 'summary',
  sourceId: row.id,
  projectId: row.projectId,
  content: row.content,
  groupId: row.threadId ?? undefined,
  occurredAt: row.summarizedAt,
})

const writeSummary = (
  { db, documents, newId }: StoreContext,
  { row, evidence }: SummaryDraft,
  document: PreparedDocument,
): Promise<Omit<Summarized, 'redactions' | 'notices'> | undefined> =>
  db.transaction(async (tx) => {
    if (!(await isAllThere(tx, evidence))) return undefined
    const latest = await findLatest(tx, row)
    if (latest && isSame(latest, row)) return { summary: toSummary(latest), isUnchanged: true }
    const { conversationSummaries } = tx.tables
    const [written] = await tx.query.insert(conversationSummaries).values(row).returning()
    if (!written) throw new StorageError('busy')
    const { id, method, model, summarizedAt: at } = row
    await recordDerivation(tx, { id, method, model, evidence }, { at, newId })
    // It says what these said, and more: one of them is enough in search.
    const sourceIds = await findCovered(tx, row)
    if (sourceIds.length > 0) await documents.remove(tx, { layer: CONVERSATION_LAYER, sourceIds })
    await documents.put(tx, [document])
    return { summary: toSummary(written), isUnchanged: false }
  })

const isSame = (latest: SummaryRow, row: SummaryDraft['row']): boolean =>
  latest.content === row.content &&
  latest.method === row.method &&
  latest.fromPosition === row.fromPosition &&
  latest.toPosition === row.toPosition
