import type { Database, Tables } from '@athena-memory/db-core'
import { and, count, eq, exists, getTableName, inArray, or, type SQL } from 'drizzle-orm'

/** Rows by the name of their table. */
export type RowCounts = Record<string, number>

/**
 * Rows of a project in every table that belongs to projects, whatever its layer, zeros included, and
 * of what hangs on them: vectors, and derivations from or to anything of the project.
 */
export const countRows = async (db: Database, projectId: string): Promise<RowCounts> => {
  const { embeddings, derivations } = db.tables
  const counts: RowCounts = {}
  for (const table of ownedTables(db.tables)) {
    counts[getTableName(table)] = await countWhere(db, table, eq(table.projectId, projectId))
  }
  counts[getTableName(embeddings)] = await countWhere(db, embeddings, ofDocuments(db, projectId))
  counts[getTableName(derivations)] = await countWhere(
    db,
    derivations,
    touchingProject(db, projectId),
  )
  return counts
}

/** Texts that search can find, by layer. */
export const countDocuments = async (db: Database, projectId: string): Promise<RowCounts> => {
  const { documents } = db.tables
  const rows = await db.query
    .select({ layer: documents.layer, count: count() })
    .from(documents)
    .where(eq(documents.projectId, projectId))
    .groupBy(documents.layer)
    .orderBy(documents.layer)
  return Object.fromEntries(rows.map((row) => [row.layer, row.count]))
}

/** Deletes a project with everything that is of it. */
export const deleteProject = async (tx: Database, projectId: string): Promise<void> => {
  const { projects, derivations } = tx.tables
  // Derivations point across layers by name, so no foreign key takes them along.
  await tx.query.delete(derivations).where(touchingProject(tx, projectId))
  await tx.query.delete(projects).where(eq(projects.id, projectId))
  await tx.purge()
}

const countWhere = async (
  { query }: Database,
  table: Tables[keyof Tables],
  condition: SQL | undefined,
): Promise<number> => {
  const [row] = await query.select({ rows: count() }).from(table).where(condition)
  return row?.rows ?? 0
}

const ownedTables = (tables: Tables) =>
  Object.values(tables).flatMap((table) => ('projectId' in table ? [table] : []))

const ofDocuments = ({ query, tables: { documents, embeddings } }: Database, projectId: string) =>
  inArray(
    embeddings.documentId,
    query.select({ id: documents.id }).from(documents).where(eq(documents.projectId, projectId)),
  )

const touchingProject = (db: Database, projectId: string): SQL | undefined => {
  const { documents, derivations } = db.tables
  const named = (layer: typeof derivations.derivedLayer, id: typeof derivations.derivedId) =>
    exists(
      db.query
        .select({ id: documents.id })
        .from(documents)
        .where(
          and(
            eq(documents.projectId, projectId),
            eq(documents.layer, layer),
            eq(documents.sourceId, id),
          ),
        ),
    )
  return or(
    named(derivations.derivedLayer, derivations.derivedId),
    named(derivations.evidenceLayer, derivations.evidenceId),
  )
}
