import type { Tables } from '@athena-memory/db-core'

/** A stretch of work of an agent, from its start to its end. */
export interface Session {
  readonly id: string
  readonly projectId: string
  /** What the host calls it; unique in its project. */
  readonly externalId?: string | undefined
  readonly title?: string | undefined
  /** Which agent or host held it. */
  readonly agent?: string | undefined
  readonly startedAt: Date
  /** Absent while it goes on. */
  readonly endedAt?: Date | undefined
  readonly context: Record<string, unknown>
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** A stored row. */
export type SessionRow = Tables['sessions']['$inferSelect']

/** A stored row as callers see it. */
export const toSession = (stored: SessionRow): Session => {
  const { tenantId: _, ...row } = stored
  return {
    ...row,
    externalId: row.externalId ?? undefined,
    title: row.title ?? undefined,
    agent: row.agent ?? undefined,
    endedAt: row.endedAt ?? undefined,
  }
}
