import type { Connection, Dialect, ValueLists } from '../engine.ts'
import { StorageError } from '../storage-error.ts'
import type { Database } from './database.ts'
import { purge } from './purge.ts'
import { insertRows } from './insert-rows.ts'
import { createQueries, type Queries } from './queries.ts'
import { tablesOf } from './tables-of.ts'

export type WorkKind = 'transaction' | 'snapshot'

interface Loan {
  readonly dialect: Dialect
  readonly kind: WorkKind
  readonly connection: Connection
}

type Work<T> = (db: Database) => Promise<T>

/**
 * Hands `work` a database over one connection and takes it away when `work` ends. A statement that
 * failed fails the whole, even where `work` caught its error.
 */
export const lendConnection = async <T>(loan: Loan, work: Work<T>): Promise<T> => {
  const connection = watchFailures(loan.connection)
  const result = await lend({ ...loan, connection, depth: 0 }, work)
  // PostgreSQL would answer the commit of a failed transaction with a silent rollback.
  connection.assertSound()
  return result
}

interface WatchedConnection extends Connection {
  /** Throws the failure after which nothing may be committed. */
  assertSound(): void
  /** Undoes everything since the savepoint; a failed statement is forgiven with it. */
  rollbackTo(savepoint: string): Promise<void>
}

const watchFailures = (connection: Connection): WatchedConnection => {
  let failure: { error: unknown } | undefined
  const assertSound = () => {
    if (failure) throw failure.error
  }
  const watch = <T>(call: () => Promise<T>): Promise<T> => {
    assertSound()
    return call().catch((error: unknown) => {
      failure ??= { error }
      throw error
    })
  }
  const { changeEach } = connection
  return {
    assertSound,
    execute: async (sql, params) => watch(() => connection.execute(sql, params)),
    ...(changeEach && {
      changeEach: async (sql: string, lists: ValueLists) => watch(() => changeEach(sql, lists)),
    }),
    async rollbackTo(savepoint) {
      await connection.execute(`rollback to savepoint ${savepoint}`, [])
      failure = undefined
    },
  }
}

interface WatchedLoan extends Loan {
  readonly connection: WatchedConnection
  /** How many transactions this one is nested in. */
  readonly depth: number
}

const refusals = {
  nested: 'inside a nested transaction() use the database it hands out, one after the other',
  ended: 'this transaction has ended',
}

const lend = async <T>(loan: WatchedLoan, work: Work<T>): Promise<T> => {
  const { dialect, kind, connection } = loan
  let use: 'open' | keyof typeof refusals = 'open'
  // A statement that nobody awaited would otherwise run in somebody else's transaction.
  const assertUsable = () => {
    if (use !== 'open') throw misused(refusals[use])
  }
  const { changeEach } = connection
  const usable: Connection = {
    async execute(sql, params) {
      assertUsable()
      return connection.execute(sql, params)
    },
    ...(changeEach && {
      async changeEach(sql: string, lists: ValueLists) {
        assertUsable()
        return changeEach(sql, lists)
      },
    }),
  }
  let queries: Queries | undefined
  const database: Database = {
    dialect,
    tables: tablesOf(dialect),
    get query() {
      return (queries ??= createQueries(dialect, usable))
    },
    insertRows: (table, rows, options) =>
      insertRows({ dialect, connection: usable }, { table, rows }, options),
    inTransaction: kind === 'transaction',
    async transaction(nested) {
      assertUsable()
      use = 'nested'
      return savepoint(loan, nested).finally(() => {
        if (use === 'nested') use = 'open'
      })
    },
    async read(nested) {
      assertUsable()
      return nested(database)
    },
    async purge() {
      assertUsable()
      return purge(dialect, connection)
    },
  }
  return work(database).finally(() => {
    use = 'ended'
  })
}

const savepoint = async <T>(loan: WatchedLoan, work: Work<T>): Promise<T> => {
  if (loan.kind === 'snapshot') throw misused('a read() cannot hold a transaction()')
  const { connection } = loan
  const depth = loan.depth + 1
  const name = `nested_${depth}`
  await connection.execute(`savepoint ${name}`, [])
  try {
    const result = await lend({ ...loan, depth }, work)
    await connection.execute(`release savepoint ${name}`, [])
    return result
  } catch (error) {
    // Fails only where the connection is lost, and then the outer transaction says so.
    await connection.rollbackTo(name).catch(() => undefined)
    throw error
  }
}

const misused = (detail: string) => new StorageError('invalid', { detail })
