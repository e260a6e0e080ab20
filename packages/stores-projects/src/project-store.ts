import { type Database, newId, StorageError } from '@athena-memory/db-core'
import { desc, eq, lt } from 'drizzle-orm'
import { assertFree, findByPath, findFreeName, findProject } from './find-projects.ts'
import { normalizePath } from './project-path.ts'
import { countDocuments, countRows, deleteProject, type RowCounts } from './project-rows.ts'
import { type NewProject, type Project, type ProjectChanges, toProject } from './project.ts'

/** The clock and ids of a store, for tests. */
export interface ProjectStoreOptions {
  readonly now?: () => Date
  readonly newId?: () => string
}

/** Projects, the newest first. */
export interface ProjectPage {
  readonly projects: Project[]
  /** Where the next page begins; absent on the last. */
  readonly nextCursor?: string | undefined
}

/** What is in a project. */
export interface ProjectStats {
  /** Rows by table, zeros included. */
  readonly rows: RowCounts
  /** Texts that search can find, by layer. */
  readonly documents: RowCounts
}

/** What was removed. */
export interface ProjectRemoval {
  /** False where there was no such project. */
  readonly removed: boolean
  /** Rows by table, zeros included; empty where nothing was removed. */
  readonly rows: RowCounts
}

/** The projects of a database. */
export interface ProjectStore {
  /** @throws StorageError `conflict` for a name or path of another project, `invalid` for a relative path */
  create(project: NewProject): Promise<Project>
  get(id: string): Promise<Project | undefined>
  getByName(name: string): Promise<Project | undefined>
  /** The project whose directory is `path` or holds it, the innermost of several. */
  getByPath(path: string): Promise<Project | undefined>
  /** The newest first; 50 unless `limit` says otherwise. */
  list(options?: { limit?: number | undefined; cursor?: string | undefined }): Promise<ProjectPage>
  /** Notes that the project is in use now. */
  touch(id: string): Promise<Project | undefined>
  /**
   * The project of a working directory, touched; made where there is none, by default named after
   * the directory, with its parents where that name is taken.
   */
  ensure(place: {
    path: string
    name?: string | undefined
  }): Promise<{ project: Project; created: boolean }>
  /** @throws StorageError `conflict` for a name or path of another project, `invalid` for a relative path */
  update(id: string, changes: ProjectChanges): Promise<Project | undefined>
  /** Erases a project and everything in it, of every layer. */
  remove(id: string): Promise<ProjectRemoval>
  stats(id: string): Promise<ProjectStats | undefined>
}

const DEFAULT_LIMIT = 50

/** The store of projects over a database or a transaction. */
export const createProjectStore = (
  db: Database,
  options: ProjectStoreOptions = {},
): ProjectStore => {
  const { projects } = db.tables
  const now = options.now ?? (() => new Date())
  const makeId = options.newId ?? newId

  const create = (given: NewProject) =>
    db.transaction((tx) => insertProject(tx, given, { id: makeId(), at: now() }))

  return {
    create,
    get: (id) => findProject(db, eq(projects.id, id)),
    getByName: (name) => findProject(db, eq(projects.name, name.trim())),
    getByPath: (path) => findByPath(db, path),
    list: (page = {}) => listProjects(db, page),
    touch: (id) => touchProject(db, id, now()),
    async ensure({ path, name }) {
      return db.transaction(async (tx) => {
        const known = await findByPath(tx, path)
        const touched = known && (await touchProject(tx, known.id, now()))
        if (touched) return { project: touched, created: false }
        const directory = normalizePath(path)
        const draft = { path: directory, name: name ?? (await findFreeName(tx, directory)) }
        return {
          project: await insertProject(tx, draft, { id: makeId(), at: now() }),
          created: true,
        }
      })
    },
    update: (id, changes) => db.transaction((tx) => changeProject(tx, id, { changes, at: now() })),
    remove: (id) => db.transaction((tx) => removeProject(tx, id)),
    stats: (id) =>
      db.read(async (snapshot) => {
        if (!(await findProject(snapshot, eq(projects.id, id)))) return undefined
        return {
          rows: await countRows(snapshot, id),
          documents: await countDocuments(snapshot, id),
        }
      }),
  }
}

const insertProject = async (
  tx: Database,
  given: NewProject,
  { id, at }: { id: string; at: Date },
): Promise<Project> => {
  const row = {
    id,
    name: checkedName(given.name),
    path: given.path === undefined ? null : normalizePath(given.path),
    language: given.language ?? null,
    description: given.description ?? null,
    settings: given.settings ?? {},
    lastAccessedAt: at,
    createdAt: at,
    updatedAt: at,
  }
  await assertFree(tx, row)
  // A rival that is not visible yet then makes this transaction run again, and not fail.
  const written = await tx.query
    .insert(tx.tables.projects)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: tx.tables.projects.id })
  if (written.length === 0) throw new StorageError('conflict')
  return toProject(row)
}

const listProjects = async (
  { query, tables: { projects } }: Database,
  { limit = DEFAULT_LIMIT, cursor }: { limit?: number | undefined; cursor?: string | undefined },
): Promise<ProjectPage> => {
  // Ids sort by the time they were made, and unlike times they are unique.
  const rows = await query
    .select()
    .from(projects)
    .where(cursor === undefined ? undefined : lt(projects.id, cursor))
    .orderBy(desc(projects.id))
    .limit(limit + 1)
  const page = rows.slice(0, limit).map(toProject)
  return { projects: page, nextCursor: rows.length > limit ? page.at(-1)?.id : undefined }
}

const touchProject = async (
  { query, tables: { projects } }: Database,
  id: string,
  lastAccessedAt: Date,
): Promise<Project | undefined> => {
  const [row] = await query
    .update(projects)
    .set({ lastAccessedAt })
    .where(eq(projects.id, id))
    .returning()
  return row && toProject(row)
}

const changeProject = async (
  tx: Database,
  id: string,
  { changes, at }: { changes: ProjectChanges; at: Date },
): Promise<Project | undefined> => {
  const { projects } = tx.tables
  const { name, path, ...rest } = changes
  const keys = {
    ...(name !== undefined && { name: checkedName(name) }),
    ...(path !== undefined && { path: path === null ? null : normalizePath(path) }),
  }
  await assertFree(tx, keys, id)
  const [row] = await tx.query
    .update(projects)
    .set({ ...rest, ...keys, updatedAt: at })
    .where(eq(projects.id, id))
    .returning()
  return row && toProject(row)
}

const removeProject = async (tx: Database, id: string): Promise<ProjectRemoval> => {
  const project = await findProject(tx, eq(tx.tables.projects.id, id))
  if (!project) return { removed: false, rows: {} }
  const rows = await countRows(tx, id)
  await deleteProject(tx, id)
  return { removed: true, rows: { projects: 1, ...rows } }
}

const checkedName = (name: string): string => {
  const trimmed = name.trim()
  if (trimmed !== '') return trimmed
  throw new StorageError('invalid', { detail: 'name must not be empty' })
}
