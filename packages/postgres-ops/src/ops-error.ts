/**
 * Why a call failed.
 * - `refused`: the guard, the level or a cap does not let the statement run, or took it back.
 * - `unsafe-role`: the login role can do more than it may for this.
 * - `database`: PostgreSQL refused; `state` is its SQLSTATE.
 * - `timeout`: it took longer than allowed.
 * - `cancelled`: the caller gave up.
 * - `too-large`: a row of the result was larger than can be received.
 * - `unavailable`: the connection could not be made, or was lost; trying again may help.
 */
export type OpsErrorCode =
  | 'refused'
  | 'unsafe-role'
  | 'database'
  | 'timeout'
  | 'cancelled'
  | 'too-large'
  | 'unavailable'

interface Details {
  readonly state?: string
  readonly cause?: unknown
}

/** The one error of this package. Its message never holds stored content. */
export class OpsError extends Error {
  override readonly name = 'OpsError'
  readonly code: OpsErrorCode
  /** What PostgreSQL calls it; absent where it did not say. */
  readonly state: string | undefined
  readonly retryable: boolean

  constructor(code: OpsErrorCode, message: string, details: Details = {}) {
    super(message, 'cause' in details ? { cause: details.cause } : {})
    this.code = code
    this.state = details.state
    this.retryable =
      code === 'unavailable' || ['40001', '40P01', '55P03'].includes(this.state ?? '')
  }
}
