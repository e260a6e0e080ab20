import { guardFields, type SecretPolicy } from '@athena-memory/db-core/secrets'
import { missingReference, checkText } from './check-text.ts'
import { appendMessages, type PreparedMessage } from './append-messages.ts'
import { type Message, type MessageDraft, toMessage, toMessageDocument } from './message.ts'
import type { StoreContext } from './store-context.ts'
import { findThread } from './threads.ts'
import { estimateTokens } from './token-count.ts'

/** Something that was said. */
export interface NewMessage {
  /** `user`, `assistant`, `system`, `tool`, or what the host says. */
  readonly role: string
  /** At most 1 MiB of UTF-8. */
  readonly content: string
  /** Who said it, by name. */
  readonly speaker?: string | undefined
  /** As the model counted them; estimated where absent. */
  readonly tokens?: number | undefined
  readonly model?: string | undefined
  readonly metadata?: Readonly<Record<string, unknown>> | undefined
  /** Default: now. */
  readonly saidAt?: Date | undefined
}

/** Messages as they were stored, and what the caller should know of how. */
export interface AddedMessages {
  readonly messages: Message[]
  /** Keys, tokens and passwords that were cut out of all of them. */
  readonly redactions: number
  readonly notices: string[]
}

/** Puts messages at the end of a thread, all or none; see `ConversationStore.addMessages`. */
export const addMessages = async (
  store: StoreContext,
  threadId: string,
  given: readonly NewMessage[],
): Promise<AddedMessages> => {
  const at = store.now()
  for (const { content } of given) checkText('content', content)
  const thread = await findThread(store.db, threadId)
  if (!thread) throw missingReference('threadId', 'a thread')
  const { projectId, tags } = thread
  const drafts = given.map((message) =>
    draftMessage(message, { id: store.newId(), projectId, threadId, at }, store.secretPolicy),
  )
  const prepared = await prepareMessages(store, drafts, tags)
  const rows = await store.db.transaction(async (tx) => {
    const current = await findThread(tx, threadId)
    if (!current) throw missingReference('threadId', 'a thread')
    return appendMessages({ tx, documents: store.documents, at }, [current], prepared)
  })
  return {
    messages: rows.map(toMessage),
    redactions: sumRedactions(prepared),
    notices: noticesOf(prepared),
  }
}

/** A message without the secrets that it held, and how many those were. */
export interface GuardedDraft {
  readonly draft: MessageDraft
  readonly redactions: number
}

/**
 * A new message as it will be stored, but for its place.
 *
 * @throws StorageError `invalid` that names the field where there is a secret and the policy is to refuse
 */
export const draftMessage = (
  given: NewMessage,
  place: { id: string; projectId: string; threadId: string; at: Date },
  secretPolicy: SecretPolicy,
): GuardedDraft => {
  const texts = { content: given.content, metadata: { ...given.metadata } }
  const { fields, redactions } = guardFields(texts, secretPolicy)
  const draft = {
    id: place.id,
    projectId: place.projectId,
    threadId: place.threadId,
    role: given.role,
    speaker: given.speaker ?? null,
    ...fields,
    tokens: given.tokens ?? estimateTokens(fields.content),
    model: given.model ?? null,
    saidAt: given.saidAt ?? place.at,
    createdAt: place.at,
    updatedAt: place.at,
  }
  return { draft, redactions }
}

/** Analyses and embeds messages, all at once. */
export const prepareMessages = async (
  { documents }: StoreContext,
  drafts: readonly GuardedDraft[],
  tags: readonly string[] = [],
): Promise<(PreparedMessage & GuardedDraft)[]> => {
  const inputs = drafts.map(({ draft }) => toMessageDocument(draft, tags))
  const prepared = await documents.prepare(inputs)
  return drafts.flatMap((guarded, index) => {
    const document = prepared[index]
    return document ? [{ ...guarded, document }] : []
  })
}

/** How many secrets were cut out of all of them. */
export const sumRedactions = (guarded: readonly Pick<GuardedDraft, 'redactions'>[]): number =>
  guarded.reduce((sum, { redactions }) => sum + redactions, 0)

/** What the index says about texts that it prepared, each thing once. */
export const noticesOf = (prepared: readonly Pick<PreparedMessage, 'document'>[]): string[] => [
  ...new Set(prepared.flatMap(({ document: { notice } }) => notice ?? [])),
]
