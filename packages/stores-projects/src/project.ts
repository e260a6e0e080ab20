import type { Tables } from '@athena-memory/db-core'

/** A place that an agent works in; every memory belongs to one. */
export interface Project {
  readonly id: string
  /** Unique. */
  readonly name: string
  /** Absolute directory with `/` between segments, unique; absent for a project without one. */
  readonly path?: string | undefined
  readonly language?: string | undefined
  readonly description?: string | undefined
  readonly settings: Record<string, unknown>
  readonly lastAccessedAt?: Date | undefined
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** What a new project is made of. */
export interface NewProject {
  readonly name: string
  readonly path?: string | undefined
  readonly language?: string | undefined
  readonly description?: string | undefined
  readonly settings?: Record<string, unknown> | undefined
}

/** What to change: absent fields stay as they are, null clears one. */
export interface ProjectChanges {
  readonly name?: string | undefined
  readonly path?: string | null | undefined
  readonly language?: string | null | undefined
  readonly description?: string | null | undefined
  /** Replaces all settings. */
  readonly settings?: Record<string, unknown> | undefined
}

/** A stored row as callers see it. */
export const toProject = (row: Omit<Tables['projects']['$inferSelect'], 'tenantId'>): Project => ({
  id: row.id,
  name: row.name,
  path: row.path ?? undefined,
  language: row.language ?? undefined,
  description: row.description ?? undefined,
  settings: row.settings,
  lastAccessedAt: row.lastAccessedAt ?? undefined,
  createdAt: row.createdAt,
  updatedAt: row.updatedAt,
})
