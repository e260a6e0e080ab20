/** Why a backup or a restore was refused. */
export type TransferErrorCode =
  | 'exists'
  | 'not-found'
  | 'not-writable'
  | 'not-a-backup'
  | 'damaged'
  | 'newer'
  | 'not-empty'
  | 'verification-failed'

const marker = Symbol.for('athena.TransferError')

/**
 * The one error of this package; what a database refuses stays a `StorageError`. `code` is the
 * contract; `message` says what to do, names files, tables and columns, and never holds content.
 */
export class TransferError extends Error {
  readonly [marker] = true
  readonly code: TransferErrorCode

  constructor(code: TransferErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'TransferError'
    this.code = code
  }

  /** Recognises a TransferError across duplicate copies of this package, unlike `instanceof`. */
  static is(error: unknown): error is TransferError {
    return typeof error === 'object' && error !== null && marker in error
  }
}
