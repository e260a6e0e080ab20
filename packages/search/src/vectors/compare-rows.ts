import type { Database } from '@athena-memory/db-core'
import { and, eq, type SQL, sql } from 'drizzle-orm'
import { listedRow, rowList } from '../documents/row-list.ts'
import { bestOfDocuments, type Similarities, similarityTo, type VectorQuery } from './similarity.ts'

/** How alike a question and all embeddings of its space are whose documents pass the filter. */
export const compareAll = async (
  db: Database,
  query: VectorQuery,
  filter: SQL | undefined,
): Promise<Similarities> => {
  const { documents, embeddings } = db.tables
  const rows = await db.query
    .select(comparison(db, query))
    .from(embeddings)
    .innerJoin(documents, and(eq(documents.tenantId, embeddings.tenantId), ofDocument(db)))
    .where(and(eq(embeddings.spaceId, query.spaceId), filter))
  return bestOfDocuments(rows)
}

/** How alike a question and the documents of these row numbers are. */
export const compareListed = async (
  db: Database,
  { spaceId, vector }: VectorQuery,
  documentRows: readonly number[],
): Promise<Similarities> => {
  if (documentRows.length === 0) return new Map()
  const { documents, embeddings } = db.tables
  // One lookup within the other: without statistics joins are planned as if there were few rows.
  const documentId = db.query
    .select({ id: documents.id })
    .from(documents)
    .where(eq(documents.rowNumber, listedRow))
  // The space is no condition: its index would seem to find as few rows as that of the document.
  const inSpace = eq(embeddings.spaceId, spaceId)
  const best = db.query
    .select({ similarity: sql`max(${similarityTo(db, vector)}) filter (where ${inSpace})` })
    .from(embeddings)
    .where(eq(embeddings.documentId, documentId))
  const rows = await db.query
    .select({
      documentRow: sql`${listedRow}`.mapWith(Number),
      similarity: sql<number | null>`(${best})`,
    })
    .from(rowList(db, documentRows))
  return bestOfDocuments(rows)
}

const ofDocument = ({ tables: { documents, embeddings } }: Database): SQL =>
  eq(documents.id, embeddings.documentId)

const comparison = (db: Database, { vector }: VectorQuery) => ({
  documentRow: db.tables.documents.rowNumber,
  similarity: similarityTo(db, vector),
})
