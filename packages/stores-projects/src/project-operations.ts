import { defineOperation, isoDate, type Operation } from '@athena-memory/operations'
import { z } from 'zod'
import type { ProjectStore } from './project-store.ts'

const id = z.string().min(1).describe('id of the project')
const name = z.string().trim().min(1).max(200)
const path = z.string().min(1).max(4096)
const settings = z.record(z.string(), z.unknown())
const rowCounts = z.record(z.string(), z.number().int().nonnegative())

const project = z.object({
  id: z.string(),
  name: z.string(),
  path: z.string().optional(),
  language: z.string().optional(),
  description: z.string().optional(),
  settings,
  lastAccessedAt: isoDate.optional(),
  createdAt: isoDate,
  updatedAt: isoDate,
})
const found = z.object({ project: project.optional().describe('absent when there is none') })

const create = defineOperation({
  name: 'projects.create',
  title: 'Create a project',
  description:
    'Makes a place for memories under a name of its own. To work in a directory that may be known already, use projects.ensure.',
  input: z.object({
    name: name.describe('unique'),
    path: path.optional().describe('absolute directory'),
    language: z.string().max(100).optional().describe('main programming language'),
    description: z.string().max(10_000).optional(),
    settings: settings.optional(),
  }),
  output: z.object({ project }),
  effect: 'write',
  examples: [
    { title: 'A project in a directory', input: { name: 'shop', path: '/home/ada/shop' } },
  ],
  run: async (projects: ProjectStore, input) => ({ project: await projects.create(input) }),
})

const get = defineOperation({
  name: 'projects.get',
  title: 'Get a project',
  description: 'Looks a project up by its id. By directory, use projects.get-by-path.',
  input: z.object({ id }),
  output: found,
  effect: 'read',
  run: async (projects: ProjectStore, input) => ({ project: await projects.get(input.id) }),
})

const getByName = defineOperation({
  name: 'projects.get-by-name',
  title: 'Get a project by its name',
  description: 'Looks a project up by its exact name.',
  input: z.object({ name }),
  output: found,
  effect: 'read',
  run: async (projects: ProjectStore, input) => ({ project: await projects.getByName(input.name) }),
})

const getByPath = defineOperation({
  name: 'projects.get-by-path',
  title: 'Find the project of a directory',
  description:
    'Finds the project whose directory is this path or holds it, the innermost of several. Changes nothing; projects.ensure makes the project when there is none.',
  input: z.object({ path: path.describe('absolute path of a file or directory') }),
  output: found,
  effect: 'read',
  examples: [{ title: 'Whose file is this?', input: { path: '/home/ada/shop/src/cart.ts' } }],
  run: async (projects: ProjectStore, input) => ({ project: await projects.getByPath(input.path) }),
})

const list = defineOperation({
  name: 'projects.list',
  title: 'List projects',
  description: 'Lists projects, the newest first, a page at a time.',
  input: z.object({
    limit: z.number().int().min(1).max(500).default(50),
    cursor: z.string().min(1).optional().describe('nextCursor of the page before'),
  }),
  output: z.object({ projects: z.array(project), nextCursor: z.string().optional() }),
  effect: 'read',
  run: (projects: ProjectStore, input) => projects.list(input),
})

const touch = defineOperation({
  name: 'projects.touch',
  title: 'Note that a project is in use',
  description: 'Sets the time of last access to now.',
  input: z.object({ id }),
  output: found,
  effect: 'write',
  idempotent: true,
  run: async (projects: ProjectStore, input) => ({ project: await projects.touch(input.id) }),
})

const ensure = defineOperation({
  name: 'projects.ensure',
  title: 'Find or create the project of a directory',
  description:
    'Gives the project that a working directory belongs to, and makes one when there is none. Use it at the start of work.',
  input: z.object({
    path: path.describe('absolute working directory'),
    name: name.optional().describe('for a new project; by default the name of the directory'),
  }),
  output: z.object({ project, created: z.boolean() }),
  effect: 'write',
  idempotent: true,
  examples: [{ title: 'Start to work', input: { path: '/home/ada/shop' } }],
  run: (projects: ProjectStore, input) => projects.ensure(input),
})

const update = defineOperation({
  name: 'projects.update',
  title: 'Change a project',
  description:
    'Changes what is given and leaves the rest; null clears a field. Settings are replaced as a whole.',
  input: z.object({
    id,
    name: name.optional(),
    path: path.nullable().optional().describe('absolute directory'),
    language: z.string().max(100).nullable().optional(),
    description: z.string().max(10_000).nullable().optional(),
    settings: settings.optional(),
  }),
  output: found,
  effect: 'write',
  idempotent: true,
  run: async (projects: ProjectStore, { id: projectId, ...changes }) => ({
    project: await projects.update(projectId, changes),
  }),
})

const remove = defineOperation({
  name: 'projects.remove',
  title: 'Remove a project',
  description:
    'Erases a project and everything remembered in it, of every layer. It cannot be brought back: export first, or look at projects.stats.',
  input: z.object({ id }),
  output: z.object({ removed: z.boolean(), rows: rowCounts.describe('erased rows by table') }),
  effect: 'destructive',
  idempotent: true,
  run: (projects: ProjectStore, input) => projects.remove(input.id),
})

const stats = defineOperation({
  name: 'projects.stats',
  title: 'Count what a project holds',
  description: 'Counts the rows of a project by table, and its searchable texts by layer.',
  input: z.object({ id }),
  output: z.object({
    stats: z.object({ rows: rowCounts, documents: rowCounts }).optional(),
  }),
  effect: 'read',
  run: async (projects: ProjectStore, input) => ({ stats: await projects.stats(input.id) }),
})

/** Everything that can be done with projects, over a `ProjectStore`. */
export const projectOperations: readonly Operation<ProjectStore>[] = [
  create,
  get,
  getByName,
  getByPath,
  list,
  touch,
  ensure,
  update,
  remove,
  stats,
]
