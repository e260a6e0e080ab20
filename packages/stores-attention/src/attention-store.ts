import { and, desc, eq } from 'drizzle-orm'
import type { Database } from '@athena-memory/db-core'

/** A text of this layer. */
export interface AttentionEntry {
  readonly id: string
  readonly content: string
  readonly createdAt: Date
}

/** The attention layer of one database. */
export interface AttentionStore {
  /** At most `limit` entries of a project, the newest first. */
  recent(projectId: string, limit: number): Promise<AttentionEntry[]>
}

/** The attention layer over a database or inside a transaction of it. */
export const createAttentionStore = (db: Database): AttentionStore => ({
  recent: async (projectId, limit) => {
    const { documents } = db.tables
    return db.query
      .select({
        id: documents.sourceId,
        content: documents.content,
        createdAt: documents.createdAt,
      })
      .from(documents)
      .where(and(eq(documents.layer, 'attention'), eq(documents.projectId, projectId)))
      .orderBy(desc(documents.createdAt), desc(documents.sourceId))
      .limit(limit)
  },
})
