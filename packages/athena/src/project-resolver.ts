import { StorageError } from '@athena-memory/db-core'
import type { ProjectStore } from '@athena-memory/stores-projects'
import type { AthenaOptions } from './athena-options.ts'

/** Finds the project that a call means. Without a name it is the current one. */
export interface ProjectResolver {
  /** The id of the project; one that does not exist yet is made. */
  toWrite(name?: string): Promise<string>
  /**
   * The id of the project; only the current one is made where it does not exist yet.
   *
   * @throws StorageError `invalid` for a name that no project has
   */
  toRead(name?: string): Promise<string>
}

const FALLBACK = 'default'

/** Resolves project names against the projects of one database. */
export const createProjectResolver = (
  projects: ProjectStore,
  { project, cwd = process.cwd(), env = process.env }: AthenaOptions,
): ProjectResolver => {
  const currentName = project ?? env['ATHENA_PROJECT']?.trim()
  const current = async () => {
    if (currentName) return named(currentName)
    const here = await projects.getByPath(cwd)
    return here ? here.id : named(FALLBACK)
  }
  const named = async (name: string) => {
    const known = await projects.getByName(name)
    return known ? known.id : createOrFind(projects, name)
  }
  return {
    toWrite: (name) => (name === undefined ? current() : named(name)),
    async toRead(name) {
      if (name === undefined || name === currentName) return current()
      const known = await projects.getByName(name)
      if (known) return known.id
      const detail = 'project: no project has that name; projects.list names them'
      throw new StorageError('invalid', { detail })
    },
  }
}

/** Another process may make the same project at the same moment. */
const createOrFind = async (projects: ProjectStore, name: string): Promise<string> => {
  try {
    return (await projects.create({ name })).id
  } catch (error) {
    const made = await projects.getByName(name)
    if (!made) throw error
    return made.id
  }
}
