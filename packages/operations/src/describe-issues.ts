import { z } from 'zod'
import { nearestNames } from './nearest-names.ts'
import type { Issue } from './operation-error.ts'

/**
 * zod's error map for operations: pass it as `error` when parsing. Misspelt arguments get the nearest
 * name, missing ones are called missing. No message holds the value given, only its kind.
 */
export const explainIssue: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === 'unrecognized_keys') return explainUnknownKeys(issue.keys, issue.inst)
  const right = whatIsRight(issue)
  return issue.input === undefined ? `missing, ${right.replace(/, received .*$/, '')}` : right
}

/** zod's issues as this package reports them. */
export const describeIssues = (error: z.core.$ZodError): Issue[] =>
  error.issues.map(({ path, message }) => ({ path: formatPath(path), message }))

const whatIsRight = (issue: z.core.$ZodRawIssue): string => {
  if (issue.code === 'invalid_union' && issue.errors.length > 0) return anyBranch(issue.errors)
  if (issue.code === 'invalid_format' && issue.format === 'datetime') return DATE_TIME
  const said = z.config().localeError?.(issue)
  const message = typeof said === 'string' ? said : (said?.message ?? 'invalid')
  return lowerFirst(message.replace(/^Invalid (input|option|string): /, ''))
}

const DATE_TIME = 'expected an ISO 8601 date-time with a zone, such as 2026-01-31T09:30:00Z'

const anyBranch = (branches: readonly (readonly z.core.$ZodIssue[])[]): string => {
  const firsts = branches.flatMap(([issue]) => (issue === undefined ? [] : [formatIssue(issue)]))
  return [...new Set(firsts)].join(', or ')
}

const formatIssue = ({ path, message }: z.core.$ZodIssue): string =>
  path.length === 0 ? message : `${formatPath(path)}: ${message}`

const explainUnknownKeys = (keys: readonly string[], schema: unknown): string => {
  const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : []
  return keys.map((key) => `unknown argument "${shorten(key)}": ${hint(key, known)}`).join(', ')
}

const hint = (key: string, known: readonly string[]): string => {
  const [nearest] = nearestNames(key, known)
  if (nearest !== undefined) return `did you mean "${nearest}"?`
  return known.length === 0 ? 'no arguments are taken' : `the arguments are ${known.join(', ')}`
}

// Keys of records are the caller's own words: enough of one to find it, no more.
const shorten = (key: string): string => (key.length > 40 ? `${key.slice(0, 40)}…` : key)

const formatPath = (path: readonly PropertyKey[]): string =>
  path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${shorten(String(step))}`))
    .join('')
    .replace(/^\./, '')

const lowerFirst = (text: string): string =>
  /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
