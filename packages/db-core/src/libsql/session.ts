import type { Transaction } from '@libsql/client'
import type { Connection } from '../engine.ts'
import { StorageError } from '../storage-error.ts'
import type { Handle } from './handle.ts'
import { hasSecondStatement } from './statement-kind.ts'
import { toStorageError } from './to-storage-error.ts'
import { toArguments, toRow } from './values.ts'

/** One driver transaction, with the failures that leave its connection in doubt remembered. */
export interface Session {
  readonly connection: Connection
  /**
   * The failure (`busy` or `unavailable`) after which the connection must be replaced: a statement
   * that the driver abandons on SQLITE_BUSY stays in progress, and keeps later commits from
   * happening (https://github.com/tursodatabase/libsql-client-ts/issues/352).
   */
  readonly fault: StorageError | undefined
  commit(): Promise<void>
  /** Rolls back what was not committed. Never throws: a failure becomes the `fault`. */
  close(): void
}

/** Wraps `transaction`; `translate` turns the driver's errors into storage errors. */
export const openSession = (transaction: Transaction, translate = toStorageError): Session => {
  let fault: StorageError | undefined

  const note = (error: unknown): StorageError => {
    const failure = translate(error)
    if (failure.retryable) fault ??= failure
    return failure
  }

  const execute: Connection['execute'] = async (sql, params) => {
    if (hasSecondStatement(sql)) {
      throw new StorageError('invalid', { detail: 'sql must be one statement' })
    }
    const args = toArguments(params)
    try {
      const result = await transaction.execute({ sql, args })
      return result.rows.map(toRow)
    } catch (error) {
      throw note(error)
    }
  }

  return {
    connection: { execute },
    get fault() {
      return fault
    },
    commit: () =>
      transaction.commit().catch((error: unknown) => {
        throw note(error)
      }),
    close() {
      try {
        transaction.close()
      } catch (error) {
        note(error)
      }
    },
  }
}

/** Closes `session` and throws its connection away if it is in doubt. */
export const endSession = (session: Session, handle: Handle): void => {
  session.close()
  if (session.fault !== undefined) handle.replace()
}
