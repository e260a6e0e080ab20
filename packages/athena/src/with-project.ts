import {
  adaptInput,
  type BoundOperation,
  type Example,
  type OperationDescription,
} from '@athena-memory/operations'
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
 * An operation over one project as callers see it: with the project's name, or none for the current
 * project, instead of its id. Other operations stay as they are.
 */
export const inNamedProject = <Description extends OperationDescription>(
  operation: Description,
): Description => {
  const { projectId, ...shape } = operation.input.shape
  if (projectId === undefined) return operation
  const input = z.strictObject({ ...shape, project: projectName.optional() })
  return { ...operation, input, examples: operation.examples.map(inCurrentProject) }
}

/** The same for an operation that can be called: finds the project by its name. */
export const withProject = (
  operation: BoundOperation,
  resolver: ProjectResolver,
): BoundOperation => {
  const named = inNamedProject(operation)
  if (named === operation) return operation
  const resolve = operation.effect === 'write' ? resolver.toWrite : resolver.toRead
  const adapted = adaptInput(operation, named.input, async ({ project, ...rest }) => ({
    ...rest,
    projectId: await resolve(typeof project === 'string' ? project.trim() : undefined),
  }))
  return { ...adapted, examples: named.examples }
}

const inCurrentProject = ({ title, input }: Example): Example => {
  const { projectId: _, ...rest } = Object.fromEntries(Object.entries(input ?? {}))
  return { title, input: rest }
}
