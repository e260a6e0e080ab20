import { AsyncLocalStorage } from 'node:async_hooks'
import type { Connection, Engine } from '../engine.ts'
import { StorageError } from '../storage-error.ts'
import { lendConnection, type WorkKind } from './lend-connection.ts'
import { purge } from './purge.ts'
import { insertRows } from './insert-rows.ts'
import { createQueries } from './queries.ts'
import { tablesOf } from './tables-of.ts'
import type { Database } from './database.ts'

/** The part of an engine that a database is made of. */
type Runner = Pick<Engine, 'dialect' | 'execute' | 'read' | 'write'>

/** Knows, of each chain of asynchronous calls, whether it is inside a transaction or snapshot. */
export type CallScope = AsyncLocalStorage<{ isOpen: boolean }>

/**
 * A database over an engine.
 *
 * @param scope shared by databases that take their connections from one pool
 */
export const createDatabase = (
  engine: Runner,
  scope: CallScope = new AsyncLocalStorage(),
): Database => {
  const { dialect } = engine
  const assertOutside = () => {
    if (!scope.getStore()?.isOpen) return
    // Waiting for a connection in here may be waiting for our own.
    const detail = 'inside transaction() and read() use the database they hand out'
    throw new StorageError('invalid', { detail })
  }
  const inside =
    <T>(kind: WorkKind, work: (db: Database) => Promise<T>) =>
    (connection: Connection) => {
      // Calls that were started inside and outlive it are outside again.
      const call = { isOpen: true }
      return scope
        .run(call, () => lendConnection({ dialect, kind, connection }, work))
        .finally(() => {
          call.isOpen = false
        })
    }
  const single: Connection = {
    async execute(sql, params) {
      assertOutside()
      return engine.execute(sql, params)
    },
  }
  return {
    dialect,
    tables: tablesOf(dialect),
    query: createQueries(dialect, single),
    inTransaction: false,
    async insertRows(table, rows, options) {
      assertOutside()
      const insert = (open: Connection) =>
        insertRows({ dialect, connection: open }, { table, rows }, options)
      return engine.write(insert)
    },
    async transaction(work) {
      assertOutside()
      return engine.write(inside('transaction', work))
    },
    async read(work) {
      assertOutside()
      return engine.read(inside('snapshot', work))
    },
    async purge() {
      assertOutside()
      return engine.write((connection) => purge(dialect, connection))
    },
  }
}
