import type { Vocabulary } from '../vocabulary/vocabulary.ts'

/** The columns of every row that belongs to a project. */
export const ownedColumns = (c: Vocabulary) => ({
  id: c.text('id').notNull(),
  projectId: c.text('project_id').notNull(),
  createdAt: c.timestamp('created_at').notNull(),
  updatedAt: c.timestamp('updated_at').notNull(),
})
