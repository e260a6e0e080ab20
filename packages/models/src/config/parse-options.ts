import type { z } from 'zod'
import { ModelError } from '../model-error.ts'

const describe = (issue: z.core.$ZodIssue, nameOf: (field: string) => string): string => {
  if (issue.code === 'unrecognized_keys') return `${issue.keys.join(', ')}: no such option`
  const field = issue.path.join('.')
  return field === '' ? issue.message : `${nameOf(field)} ${issue.message}`
}

/**
 * The options as the schema reads them, with defaults filled in. Wrong values are an `invalid-config` error that
 * names every wrong field, as `nameOf` calls it, and never a value: one of them may be a key.
 */
export const parseOptions = <S extends z.ZodType>(
  schema: S,
  options: unknown,
  nameOf: (field: string) => string = (field) => field,
): z.output<S> => {
  const result = schema.safeParse(options)
  if (result.success) return result.data
  const problems = result.error.issues.map((issue) => describe(issue, nameOf))
  throw new ModelError(problems.join('; '), { code: 'invalid-config' })
}
