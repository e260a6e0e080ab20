import type { Tables } from '@athena-memory/db-core'

/** What an agent had in mind at a moment, to be taken up again. */
export interface Snapshot {
  readonly id: string
  readonly projectId: string
  readonly sessionId?: string | undefined
  readonly threadId?: string | undefined
  readonly label?: string | undefined
  /** Why it was taken, such as `clear` or `compaction`. */
  readonly reason: string
  readonly content: string
  /** What goes with the text: open tasks, files, items in mind. */
  readonly state: Record<string, unknown>
  readonly tokens: number
  readonly takenAt: Date
  /** When it was last recovered; absent while it was not. */
  readonly recoveredAt?: Date | undefined
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** A stored row. */
export type SnapshotRow = Tables['contextSnapshots']['$inferSelect']

/** A stored row as callers see it. */
export const toSnapshot = (stored: SnapshotRow): Snapshot => {
  const { tenantId: _, ...row } = stored
  return {
    ...row,
    sessionId: row.sessionId ?? undefined,
    threadId: row.threadId ?? undefined,
    label: row.label ?? undefined,
    recoveredAt: row.recoveredAt ?? undefined,
  }
}
