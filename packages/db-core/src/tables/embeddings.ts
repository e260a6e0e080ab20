import type { Vocabulary } from '../vocabulary/vocabulary.ts'
import type { DocumentTables } from './documents.ts'

/** Vectors of documents, each in the space of the model that made it. */
export const defineEmbeddings = (c: Vocabulary, { documents }: DocumentTables) => {
  const embeddingSpaces = c.table(
    'embedding_spaces',
    {
      id: c.text('id').notNull(),
      model: c.text('model').notNull(),
      revision: c.text('revision').notNull(),
      dimensions: c.integer('dimensions').notNull(),
      documentPrefix: c.text('document_prefix').notNull(),
      queryPrefix: c.text('query_prefix').notNull(),
      normalisation: c.text('normalisation').notNull(),
      kind: c.text('kind').notNull(),
      createdAt: c.timestamp('created_at').notNull(),
    },
    (t) => [c.primaryKey(t, [t.id])],
  )
  const embeddings = c.table(
    'embeddings',
    {
      rowNumber: c.rowNumber('row_number'),
      spaceId: c.text('space_id').notNull(),
      documentId: c.text('document_id').notNull(),
      /** Which piece of the document's text, from 0. */
      piece: c.integer('piece').notNull(),
      dimensions: c.integer('dimensions').notNull(),
      /** One bit a dimension, set where the vector is positive. */
      bits: c.bytes('bits').notNull(),
      vector: c.vector('vector').notNull(),
    },
    (t) => [
      c.rowKey(t, t.rowNumber),
      c.uniqueIndex('embeddings_document_id_space_id_piece_idx', t, [
        t.documentId,
        t.spaceId,
        t.piece,
      ]),
      c.foreignKey(t, t.documentId, documents),
      c.foreignKey(t, t.spaceId, embeddingSpaces),
    ],
  )
  return { embeddingSpaces, embeddings }
}
