import { and, desc, eq } from 'drizzle-orm'
import type { Database } from '@athena-memory/db-core'

/** A text of this layer. */
export interface GraphEntry {
  readonly id: string
  readonly content: string
  readonly createdAt: Date
}

/** The graph layer of one database. */
export interface GraphStore {
  /** At most `limit` entries of a project, the newest first. */
  recent(projectId: string, limit: number): Promise<GraphEntry[]>
}

/** The graph layer over a database or inside a transaction of it. */
export const createGraphStore = (db: Database): GraphStore => ({
  recent: async (projectId, limit) => {
    const { documents } = db.tables
    return db.query
      .select({
        id: documents.sourceId,
        content: documents.content,
        createdAt: documents.createdAt,
      })
      .from(documents)
      .where(and(eq(documents.layer, 'graph'), eq(documents.projectId, projectId)))
      .orderBy(desc(documents.createdAt), desc(documents.sourceId))
      .limit(limit)
  },
})
