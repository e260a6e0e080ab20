import type { Tables } from '@athena-memory/db-core'

/** A run of messages about one thing, inside a session. */
export interface Thread {
  readonly id: string
  readonly projectId: string
  readonly sessionId: string
  readonly title?: string | undefined
  readonly tags: string[]
  readonly startedAt: Date
  /** When its last message was said; its beginning while there is none. */
  readonly lastActiveAt: Date
  /** Absent unless it is archived. */
  readonly archivedAt?: Date | undefined
  readonly messageCount: number
  readonly tokenCount: number
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** A stored row. */
export type ThreadRow = Tables['threads']['$inferSelect']

/** A stored row as callers see it. */
export const toThread = (stored: ThreadRow): Thread => {
  const { tenantId: _, ...row } = stored
  return {
    ...row,
    title: row.title ?? undefined,
    archivedAt: row.archivedAt ?? undefined,
  }
}
