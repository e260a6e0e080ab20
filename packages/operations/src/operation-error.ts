/**
 * Why an operation could not be called.
 * - `invalid-definition`: the operation is defined wrongly, or its name is taken. A bug.
 * - `unknown-operation`: no operation has that name.
 * - `invalid-input`: the arguments do not match; `issues` says which and what would be right.
 * - `invalid-output`: the result does not match the operation's output schema. A bug.
 * - `failed`: the operation ran and failed; `cause` is what it threw.
 */
export type OperationErrorCode =
  | 'invalid-definition'
  | 'unknown-operation'
  | 'invalid-input'
  | 'invalid-output'
  | 'failed'

/** One thing that is wrong: where (`filter.tags[0]`, empty for the whole) and what would be right. */
export interface Issue {
  readonly path: string
  readonly message: string
}

interface Details {
  readonly issues?: readonly Issue[]
  readonly retryable?: boolean
  readonly cause?: unknown
}

/**
 * The one error of this package. The message is fit for the caller, be it a person or a model: it
 * names the argument and what would be right, and never repeats a value that was given.
 */
export class OperationError extends Error {
  override readonly name = 'OperationError'
  readonly code: OperationErrorCode
  /** What is wrong, argument by argument; empty unless the code is `invalid-input` or `invalid-output`. */
  readonly issues: readonly Issue[]
  /** Whether the same call may succeed later. */
  readonly retryable: boolean

  constructor(code: OperationErrorCode, message: string, details: Details = {}) {
    super(message, 'cause' in details ? { cause: details.cause } : {})
    this.code = code
    this.issues = details.issues ?? []
    this.retryable = details.retryable ?? false
  }
}

/** An error with one sentence that lists every issue after `what`. */
export const issuesError = (
  code: 'invalid-input' | 'invalid-output',
  what: string,
  issues: readonly Issue[],
): OperationError => {
  const list = issues.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
  return new OperationError(code, `${what}: ${list.join('; ')}`, { issues })
}

/**
 * What an operation threw, as an `OperationError`. The message is passed on when the error was made
 * for callers, which it shows by a kebab-case `code`, as `StorageError` does; any other message may
 * hold stored content and stays in `cause`.
 */
export const toOperationError = (operation: string, thrown: unknown): OperationError => {
  if (thrown instanceof OperationError) return thrown
  const reason = isForCallers(thrown) ? thrown.message : `unexpected ${kindOf(thrown)}`
  const retryable = thrown instanceof Error && 'retryable' in thrown && thrown.retryable === true
  return new OperationError('failed', `${operation} failed: ${reason}`, {
    cause: thrown,
    retryable,
  })
}

const isForCallers = (thrown: unknown): thrown is Error =>
  thrown instanceof Error &&
  'code' in thrown &&
  typeof thrown.code === 'string' &&
  /^[a-z]+(-[a-z]+)*$/.test(thrown.code)

const kindOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.name : 'error')
