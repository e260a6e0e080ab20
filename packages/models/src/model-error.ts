/**
 * Why a model could not do its work:
 * - `unavailable`: no connection, or the server failed (408, 5xx)
 * - `timeout`: the server did not answer in time
 * - `invalid-response`: it answered with something that is not the vectors asked for, or refused the request
 * - `unauthorized`: the key is missing or wrong (401, 403)
 * - `rate-limited`: too many requests (429)
 * - `invalid-config`: an option or variable has a wrong value, or the model is not there (404)
 */
export type ModelErrorCode =
  | 'unavailable'
  | 'timeout'
  | 'invalid-response'
  | 'unauthorized'
  | 'rate-limited'
  | 'invalid-config'

/** What a {@link ModelError} carries beside its message. */
export interface ModelErrorDetails {
  readonly code: ModelErrorCode
  /** Set when the server said how long to wait. */
  readonly retryAfterMs?: number | undefined
  readonly cause?: unknown
}

const retryableCodes: ReadonlySet<ModelErrorCode> = new Set([
  'unavailable',
  'timeout',
  'rate-limited',
])

/** The one error of this package. Its message never holds texts or keys. */
export class ModelError extends Error {
  override readonly name = 'ModelError'
  readonly code: ModelErrorCode
  /** Whether the same call may succeed later with nothing changed. */
  readonly retryable: boolean
  /** How long the server asked to wait, in milliseconds; absent when it did not say. */
  readonly retryAfterMs: number | undefined

  constructor(message: string, details: ModelErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.code = details.code
    this.retryable = retryableCodes.has(details.code)
    this.retryAfterMs = details.retryAfterMs
  }
}
