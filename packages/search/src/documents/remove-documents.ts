import type { Database } from '@athena-memory/db-core'
import { and, eq, inArray } from 'drizzle-orm'
import { chunksOf } from '@athena-memory/db-core/stores'

/** Documents by what they belong to. */
export interface DocumentSources {
  readonly layer: string
  readonly sourceIds: readonly string[]
}

/** What was erased. */
export interface RemovalReceipt {
  readonly documents: number
  readonly embeddings: number
}

/** Erases documents in the caller's transaction; full text and vectors go with them, to the last word. */
export const removeDocuments = async (
  tx: Database,
  { layer, sourceIds }: DocumentSources,
): Promise<RemovalReceipt> => {
  const { documents, embeddings } = tx.tables
  const receipt = { documents: 0, embeddings: 0 }
  for (const chunk of chunksOf(sourceIds)) {
    const named = and(eq(documents.layer, layer), inArray(documents.sourceId, chunk))
    const ids = tx.query.select({ id: documents.id }).from(documents).where(named)
    const vectors = await tx.query
      .delete(embeddings)
      .where(inArray(embeddings.documentId, ids))
      .returning({ rowNumber: embeddings.rowNumber })
    const rows = await tx.query.delete(documents).where(named).returning({ id: documents.id })
    receipt.embeddings += vectors.length
    receipt.documents += rows.length
  }
  if (receipt.documents > 0) await tx.purge()
  return receipt
}
