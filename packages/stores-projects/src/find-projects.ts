import { type Database, StorageError } from '@athena-memory/db-core'
import { and, eq, inArray, ne, type SQL } from 'drizzle-orm'
import { ancestorsOf, segmentsOf } from './project-path.ts'
import { type Project, toProject } from './project.ts'

/** The project that a condition singles out. */
export const findProject = async (
  { query, tables: { projects } }: Database,
  condition: SQL | undefined,
): Promise<Project | undefined> => {
  const [row] = await query.select().from(projects).where(condition).limit(1)
  return row && toProject(row)
}

/** The project whose directory holds `path`, the innermost of several. */
export const findByPath = async (
  { query, tables: { projects } }: Database,
  path: string,
): Promise<Project | undefined> => {
  const rows = await query
    .select()
    .from(projects)
    .where(inArray(projects.path, ancestorsOf(path)))
  const depth = (row: (typeof rows)[number]) => segmentsOf(row.path ?? '/').length
  const [innermost] = rows.toSorted((a, b) => depth(b) - depth(a))
  return innermost && toProject(innermost)
}

/**
 * Makes sure that no other project has this name or path.
 *
 * @throws StorageError `conflict` that names the field
 */
export const assertFree = async (
  db: Database,
  { name, path }: { name?: string | undefined; path?: string | null | undefined },
  exceptId = '',
): Promise<void> => {
  const { projects } = db.tables
  for (const [field, value] of Object.entries({ name, path } as const)) {
    if (typeof value !== 'string') continue
    const column = field === 'name' ? projects.name : projects.path
    const other = await findProject(db, and(eq(column, value), ne(projects.id, exceptId)))
    if (!other) continue
    throw new StorageError('conflict', { detail: `${field} belongs to another project` })
  }
}

/**
 * A name for a project in a directory: the directory's own, or as much of the path as sets it apart
 * from the names in use.
 */
export const findFreeName = async (db: Database, path: string): Promise<string> => {
  const segments = segmentsOf(path)
  const suffixes = segments.map((_, index) => segments.slice(-1 - index).join('/'))
  const candidates = [...suffixes, path]
  const { projects } = db.tables
  const taken = await db.query
    .select({ name: projects.name })
    .from(projects)
    .where(inArray(projects.name, candidates))
  const names = new Set(taken.map(({ name }) => name))
  return candidates.find((candidate) => !names.has(candidate)) ?? path
}
