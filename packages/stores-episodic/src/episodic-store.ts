import { and, desc, eq } from 'drizzle-orm'
import type { Database } from '@athena-memory/db-core'

/** A text of this layer. */
export interface EpisodicEntry {
  readonly id: string
  readonly content: string
  readonly createdAt: Date
}

/** The episodic layer of one database. */
export interface EpisodicStore {
  /** At most `limit` entries of a project, the newest first. */
  recent(projectId: string, limit: number): Promise<EpisodicEntry[]>
}

/** The episodic layer over a database or inside a transaction of it. */
export const createEpisodicStore = (db: Database): EpisodicStore => ({
  recent: async (projectId, limit) => {
    const { documents } = db.tables
    return db.query
      .select({
        id: documents.sourceId,
        content: documents.content,
        createdAt: documents.createdAt,
      })
      .from(documents)
      .where(and(eq(documents.layer, 'episodic'), eq(documents.projectId, projectId)))
      .orderBy(desc(documents.createdAt), desc(documents.sourceId))
      .limit(limit)
  },
})
