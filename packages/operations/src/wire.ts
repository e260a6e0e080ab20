import type { z } from 'zod'
import { describeIssues, explainIssue } from './describe-issues.ts'
import type { JsonObject } from './json.ts'
import { issuesError, OperationError } from './operation-error.ts'

/**
 * Arguments from the wire, validated, with defaults filled in and times as `Date`.
 * @throws OperationError with `invalid-input`
 */
export const decodeInput = <Input extends z.ZodObject>(
  operation: string,
  schema: Input,
  input: unknown,
): z.output<Input> => {
  const parsed = schema.safeParse(input, { error: explainIssue })
  if (parsed.success) return parsed.data
  throw issuesError('invalid-input', `invalid input for ${operation}`, describeIssues(parsed.error))
}

/**
 * A result in wire form: exactly what JSON carries. Properties the schema does not name are left out.
 * @throws OperationError with `invalid-output` when the result does not match
 */
export const encodeOutput = <Output extends z.ZodObject>(
  operation: string,
  schema: Output,
  output: z.output<Output>,
): JsonObject => {
  const encoded = asJson(operation, () => schema.safeEncode(output, { error: explainIssue }))
  if (encoded.success) return asJson(operation, () => JSON.parse(JSON.stringify(encoded.data)))
  throw issuesError(
    'invalid-output',
    `bug in ${operation}: its result does not match its output schema`,
    describeIssues(encoded.error),
  )
}

// zod throws, and does not report, when a schema holds a one-way transform; so does JSON for a cycle.
const asJson = <T>(operation: string, encode: () => T): T => {
  try {
    return encode()
  } catch (cause) {
    const message = `bug in ${operation}: its result cannot become JSON; use codecs, not transforms`
    throw new OperationError('invalid-output', message, { cause })
  }
}
