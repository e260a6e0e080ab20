import type { Tables } from '@athena-memory/db-core'
import type { DocumentInput } from '@athena-memory/search'
import { CONVERSATION_LAYER } from './store-context.ts'

/** The role of what a tool said: kept and found, but left out of summaries and briefs. */
export const TOOL_ROLE = 'tool'

/** How much the output of a tool weighs in search, from 0 to 1: less than what somebody said. */
const TOOL_IMPORTANCE = 0.2

/** Something that was said. */
export interface Message {
  readonly id: string
  readonly projectId: string
  readonly threadId: string
  /** Its place in the thread, from 0. */
  readonly position: number
  /** `user`, `assistant`, `system`, `tool`, or what the host says. */
  readonly role: string
  /** Who said it, by name. */
  readonly speaker?: string | undefined
  readonly content: string
  /** As they were counted, or estimated where nobody did; see `estimateTokens`. */
  readonly tokens: number
  readonly model?: string | undefined
  readonly metadata: Record<string, unknown>
  readonly saidAt: Date
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** A stored row. */
export type MessageRow = Tables['messages']['$inferSelect']

/** A stored row as callers see it. */
export const toMessage = (stored: MessageRow): Message => {
  const { tenantId: _, ...row } = stored
  return {
    ...row,
    speaker: row.speaker ?? undefined,
    model: row.model ?? undefined,
  }
}

/** A message before it has its place in a thread. */
export type MessageDraft = Omit<MessageRow, 'tenantId' | 'position'>

/** The document by which a message is found, without its place. */
export const toMessageDocument = (draft: MessageDraft, tags: readonly string[]): DocumentInput => ({
  layer: CONVERSATION_LAYER,
  kind: 'message',
  sourceId: draft.id,
  projectId: draft.projectId,
  content: draft.content,
  speaker: draft.speaker ?? undefined,
  role: draft.role,
  groupId: draft.threadId,
  importance: draft.role === TOOL_ROLE ? TOOL_IMPORTANCE : undefined,
  tags,
  occurredAt: draft.saidAt,
})
