import type { Vocabulary } from '../vocabulary/vocabulary.ts'
import type { ProjectTables } from './projects.ts'

/** The document index: every text worth finding, of whatever layer. */
export const defineDocuments = (c: Vocabulary, { projects }: ProjectTables) => {
  const documents = c.table(
    'documents',
    {
      rowNumber: c.rowNumber('row_number'),
      id: c.text('id').notNull(),
      projectId: c.text('project_id').notNull(),
      /** The layer and the row there that the text belongs to. */
      layer: c.text('layer').notNull(),
      sourceId: c.text('source_id').notNull(),
      kind: c.text('kind').notNull(),
      content: c.text('content').notNull(),
      /** Who said it, by name, and in which role (`user`, `assistant`, ...). */
      speaker: c.text('speaker'),
      role: c.text('role'),
      /** The session, thread or file it stands in, and its place there. */
      groupId: c.text('group_id'),
      position: c.integer('position'),
      importance: c.real('importance'),
      tags: c.json<string[]>('tags').notNull(),
      consolidationState: c.text('consolidation_state'),
      occurredAt: c.timestamp('occurred_at'),
      validFrom: c.timestamp('valid_from'),
      validUntil: c.timestamp('valid_until'),
      /** Distinct stems of the whole text, separated by spaces: full text is made of these. */
      stems: c.text('stems').notNull(),
      /** Counts of the stems in each piece of the text. */
      pieces: c.text('pieces').notNull(),
      /** Number of terms. */
      length: c.integer('length').notNull(),
      createdAt: c.timestamp('created_at').notNull(),
      updatedAt: c.timestamp('updated_at').notNull(),
    },
    (t) => [
      c.uniqueKey('documents_id_key', t, [t.id]),
      c.rowKey(t, t.rowNumber),
      c.uniqueIndex('documents_layer_source_id_idx', t, [t.layer, t.sourceId]),
      c.foreignKey(t, t.projectId, projects),
      c.index('documents_project_id_layer_idx', t, [t.projectId, t.layer]),
      c.index('documents_group_id_position_idx', t, [t.groupId, t.position]),
    ],
  )
  return { documents }
}

/** What the embeddings need to belong to a document. */
export type DocumentTables = ReturnType<typeof defineDocuments>
