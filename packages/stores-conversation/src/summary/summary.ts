import type { Tables } from '@athena-memory/db-core'

/** How a summary was made: of sentences that were said, or by a model. */
export const SUMMARY_METHODS = ['extractive', 'model'] as const

/** What a thread, or a whole session, came to. */
export interface Summary {
  readonly id: string
  readonly projectId: string
  readonly sessionId: string
  /** Absent where the whole session is summed up. */
  readonly threadId?: string | undefined
  readonly content: string
  /** Positions of the first and last message that it covers; of a thread only. */
  readonly fromPosition?: number | undefined
  readonly toPosition?: number | undefined
  readonly tokens: number
  /** `extractive` or `model`. */
  readonly method: string
  readonly model?: string | undefined
  readonly summarizedAt: Date
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** A stored row. */
export type SummaryRow = Tables['conversationSummaries']['$inferSelect']

/** A stored row as callers see it. */
export const toSummary = (stored: SummaryRow): Summary => {
  const { tenantId: _, ...row } = stored
  return {
    ...row,
    threadId: row.threadId ?? undefined,
    fromPosition: row.fromPosition ?? undefined,
    toPosition: row.toPosition ?? undefined,
    model: row.model ?? undefined,
  }
}
