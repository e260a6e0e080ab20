import { adaptInput, type BoundOperation, type Example } from '@athena-memory/operations'
import { z } from 'zod'
import type { ProjectResolver } from './project-resolver.ts'

/** How every operation takes its project. */
export const projectName = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .describe('name of the project; the current one when left out')

/**
 * Lets an operation over one project take the project's name, or none for the current project,
 * instead of its id. Other operations stay as they are.
 */
export const withProject = (
  operation: BoundOperation,
  resolver: ProjectResolver,
): BoundOperation => {
  const { projectId, ...shape } = operation.input.shape
  if (projectId === undefined) return operation
  const input = z.object({ ...shape, project: projectName.optional() })
  const resolve = operation.effect === 'write' ? resolver.toWrite : resolver.toRead
  const adapted = adaptInput(operation, input, async ({ project, ...rest }) => ({
    ...rest,
    projectId: await resolve(typeof project === 'string' ? project.trim() : undefined),
  }))
  return { ...adapted, examples: operation.examples.map(inCurrentProject) }
}

const inCurrentProject = ({ title, input }: Example): Example => {
  const { projectId: _, ...rest } = Object.fromEntries(Object.entries(input ?? {}))
  return { title, input: rest }
}
