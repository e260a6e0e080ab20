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
    draftMessage(message, { id: store.newId(), projectId, threadId, at }),
  )
  const prepared = await prepareMessages(store, drafts, tags)
  const rows = await store.db.transaction(async (tx) => {
    const current = await findThread(tx, threadId)
    if (!current) throw missingReference('threadId', 'a thread')
    return appendMessages({ tx, documents: store.documents, at }, [current], prepared)
  })
  return { messages: rows.map(toMessage), notices: noticesOf(prepared) }
}

/** A new message as it will be stored, but for its place. */
export const draftMessage = (
  given: NewMessage,
  place: { id: string; projectId: string; threadId: string; at: Date },
): MessageDraft => ({
  id: place.id,
  projectId: place.projectId,
  threadId: place.threadId,
  role: given.role,
  speaker: given.speaker ?? null,
  content: given.content,
  tokens: given.tokens ?? estimateTokens(given.content),
  model: given.model ?? null,
  metadata: { ...given.metadata },
  saidAt: given.saidAt ?? place.at,
  createdAt: place.at,
  updatedAt: place.at,
})

/** Analyses and embeds messages, all at once. */
export const prepareMessages = async (
  { documents }: StoreContext,
  drafts: readonly MessageDraft[],
  tags: readonly string[] = [],
): Promise<PreparedMessage[]> => {
  const prepared = await documents.prepare(drafts.map((draft) => toMessageDocument(draft, tags)))
  return drafts.flatMap((draft, index) => {
    const document = prepared[index]
    return document ? [{ draft, document }] : []
  })
}

/** What the index says about texts that it prepared, each thing once. */
export const noticesOf = (prepared: readonly Pick<PreparedMessage, 'document'>[]): string[] => [
  ...new Set(prepared.flatMap(({ document: { notice } }) => notice ?? [])),
]
