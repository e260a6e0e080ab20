import type { Database } from '@athena-memory/db-core'
import { and, eq, type SQL } from 'drizzle-orm'
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

/** What embeddings are listed by. */
export interface Listed {
  readonly by: 'embedding' | 'document'
  readonly rowNumbers: readonly number[]
  /** A condition on documents. */
  readonly filter?: SQL | undefined
}

/** How alike a question and those embeddings are that are listed by row numbers, theirs or their documents'. */
export const compareListed = async (
  db: Database,
  query: VectorQuery,
  { by, rowNumbers, filter }: Listed,
): Promise<Similarities> => {
  if (rowNumbers.length === 0) return new Map()
  const { documents, embeddings } = db.tables
  const listed = by === 'embedding' ? embeddings : documents
  const other = by === 'embedding' ? documents : embeddings
  const rows = await db.query
    .select(comparison(db, query))
    .from(rowList(db, rowNumbers))
    .crossJoin(listed)
    .crossJoin(other)
    .where(
      and(
        eq(listed.rowNumber, listedRow),
        eq(documents.tenantId, embeddings.tenantId),
        ofDocument(db),
        eq(embeddings.spaceId, query.spaceId),
        filter,
      ),
    )
  return bestOfDocuments(rows)
}

const ofDocument = ({ tables: { documents, embeddings } }: Database): SQL =>
  eq(documents.id, embeddings.documentId)

const comparison = (db: Database, { vector }: VectorQuery) => ({
  documentRow: db.tables.documents.rowNumber,
  similarity: similarityTo(db, vector),
})
