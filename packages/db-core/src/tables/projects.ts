import type { Vocabulary } from '../vocabulary/vocabulary.ts'

/** Projects: what memories belong to. */
export const defineProjects = (c: Vocabulary) => {
  const projects = c.table(
    'projects',
    {
      id: c.text('id').notNull(),
      name: c.text('name').notNull(),
      /** Absolute directory with `/` between segments, absent for projects without one. */
      path: c.text('path'),
      language: c.text('language'),
      description: c.text('description'),
      settings: c.json<Record<string, unknown>>('settings').notNull(),
      lastAccessedAt: c.timestamp('last_accessed_at'),
      createdAt: c.timestamp('created_at').notNull(),
      updatedAt: c.timestamp('updated_at').notNull(),
    },
    (t) => [
      c.primaryKey(t, [t.id]),
      c.uniqueIndex('projects_name_idx', t, [t.name]),
      c.uniqueIndex('projects_path_idx', t, [t.path]),
    ],
  )
  return { projects }
}

/** What other tables need to belong to a project. */
export type ProjectTables = ReturnType<typeof defineProjects>
