/** What went wrong, in the caller's terms. */
export type StorageErrorCode =
  | 'conflict'
  | 'missing-reference'
  | 'invalid'
  | 'busy'
  | 'unavailable'
  | 'unknown'

const marker = Symbol.for('athena.StorageError')

const explanations = {
  conflict: 'a row with the same key exists already',
  'missing-reference': 'a row that this one refers to does not exist',
  invalid: 'a value does not fit its column',
  busy: 'the database is locked or in conflict with another writer; try again',
  unavailable: 'the database cannot be reached',
  unknown: 'the database refused the statement',
} satisfies Record<StorageErrorCode, string>

/**
 * The one error that storage throws. `code` is the contract; `message` never holds stored content,
 * `cause` is the driver's own error (which may).
 */
export class StorageError extends Error {
  readonly [marker] = true
  readonly code: StorageErrorCode

  constructor(code: StorageErrorCode, options?: { cause?: unknown; detail?: string }) {
    super(`Storage: ${options?.detail ?? explanations[code]} (${code})`, { cause: options?.cause })
    this.name = 'StorageError'
    this.code = code
  }

  /** Whether the same call may succeed later. */
  get retryable(): boolean {
    return this.code === 'busy' || this.code === 'unavailable'
  }

  /** Recognises a StorageError across duplicate copies of this package, unlike `instanceof`. */
  static is(error: unknown): error is StorageError {
    return typeof error === 'object' && error !== null && marker in error
  }
}
