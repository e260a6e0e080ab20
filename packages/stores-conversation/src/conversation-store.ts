import { and, desc, eq } from 'drizzle-orm'
import type { Database } from '@athena-memory/db-core'

/** A text of this layer. */
export interface ConversationEntry {
  readonly id: string
  readonly content: string
  readonly createdAt: Date
}

/** The conversation layer of one database. */
export interface ConversationStore {
  /** At most `limit` entries of a project, the newest first. */
  recent(projectId: string, limit: number): Promise<ConversationEntry[]>
}

/** The conversation layer over a database or inside a transaction of it. */
export const createConversationStore = (db: Database): ConversationStore => ({
  recent: async (projectId, limit) => {
    const { documents } = db.tables
    return db.query
      .select({
        id: documents.sourceId,
        content: documents.content,
        createdAt: documents.createdAt,
      })
      .from(documents)
      .where(and(eq(documents.layer, 'conversation'), eq(documents.projectId, projectId)))
      .orderBy(desc(documents.createdAt), desc(documents.sourceId))
      .limit(limit)
  },
})
