import type { Connection } from '../engine.ts'
import { StorageError } from '../storage-error.ts'
import type { Handle } from './handle.ts'
import type { NativeConnection } from './native.ts'
import { hasSecondStatement } from './statement-kind.ts'
import { toStorageError } from './to-storage-error.ts'
import { toArguments, toRow } from './values.ts'

/** One transaction that was begun, with the failures that leave its connection in doubt remembered. */
export interface Session {
  readonly connection: Connection
  /**
   * The failure (`busy` or `unavailable`) after which the connection must be replaced: a statement
   * that the driver abandons on SQLITE_BUSY stays in progress, and keeps later commits from
   * happening (https://github.com/tursodatabase/libsql-client-ts/issues/352).
   */
  readonly fault: StorageError | undefined
  commit(): void
  /** Rolls back what was not committed. Never throws: a failure becomes the `fault`. */
  close(): void
}

/** Wraps the transaction of a connection; `translate` turns the driver's errors into storage errors. */
export const openSession = (native: NativeConnection, translate = toStorageError): Session => {
  let fault: StorageError | undefined
  let isOpen = true

  /** Calls the driver, inside the transaction or not at all. */
  const call = <T>(act: () => T): T => {
    if (!isOpen || !native.inTransaction) throw new StorageError('invalid', { detail: OVER })
    try {
      return act()
    } catch (error) {
      const failure = translate(error)
      if (failure.retryable) fault ??= failure
      throw failure
    }
  }

  const connection: Connection = {
    async execute(sql, params) {
      assertSingle(sql)
      const values = toArguments(params)
      return call(() => native.query(sql, values).map(toRow))
    },
    async changeEach(sql, lists) {
      assertSingle(sql)
      let changed = 0
      for (const params of lists) {
        const values = toArguments(params)
        changed += call(() => native.change(sql, values))
      }
      return changed
    },
  }

  return {
    connection,
    get fault() {
      return fault
    },
    commit() {
      call(() => native.run('commit'))
    },
    close() {
      if (!isOpen) return
      isOpen = false
      try {
        if (native.inTransaction) native.run('rollback')
      } catch (error) {
        fault ??= translate(error)
      }
    },
  }
}

const OVER = 'the transaction is over; await every statement inside it'

const assertSingle = (sql: string): void => {
  if (!hasSecondStatement(sql)) return
  throw new StorageError('invalid', { detail: 'sql must be one statement' })
}

/** Closes `session` and throws its connection away if it is in doubt. */
export const endSession = (session: Session, handle: Handle): void => {
  session.close()
  if (session.fault !== undefined) handle.replace()
}
