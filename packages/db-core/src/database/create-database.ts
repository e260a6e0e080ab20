import { AsyncLocalStorage } from 'node:async_hooks'
import type { Connection, Engine } from '../engine.ts'
import { StorageError } from '../storage-error.ts'
import { defineTables } from '../tables/tables.ts'
import { postgres, sqlite } from '../vocabulary/vocabulary.ts'
import type { Database } from './database.ts'
import { createQueries } from './queries.ts'

const tables = { postgres: defineTables(postgres), sqlite: defineTables(sqlite) }

/** The part of an engine that a database is made of. */
type Runner = Pick<Engine, 'dialect' | 'execute' | 'read' | 'write'>

/** A database over an engine. */
export const createDatabase = (engine: Runner): Database => {
  const scope = new AsyncLocalStorage<true>()
  const assertOutside = () => {
    // Waiting for the outer database in here would wait for ourselves.
    if (scope.getStore())
      throw misused('inside transaction() and read() use the database they hand out')
  }
  const run = <T>(connection: Connection, kind: Kind, work: (db: Database) => Promise<T>) =>
    scope.run(true, () => withConnection({ engine, connection, kind }, work))
  return {
    dialect: engine.dialect,
    tables: tables[engine.dialect],
    query: createQueries(engine.dialect, {
      async execute(sql, params) {
        assertOutside()
        return engine.execute(sql, params)
      },
    }),
    inTransaction: false,
    async transaction(work) {
      assertOutside()
      return engine.write((connection) => run(connection, 'transaction', work))
    },
    async read(work) {
      assertOutside()
      return engine.read((connection) => run(connection, 'snapshot', work))
    },
  }
}

type Kind = 'transaction' | 'snapshot'

interface Scope {
  readonly engine: Runner
  readonly connection: ScopedConnection
  readonly kind: Kind
}

/** A connection that belongs to one piece of work. */
interface ScopedConnection extends Connection {
  /** Undoes everything since the savepoint; a failed statement is forgiven with it. */
  rollbackTo(savepoint: string): Promise<void>
}

/** Hands `work` a database over one connection, and takes it away when `work` ends. */
const withConnection = async <T>(
  { engine, connection, kind }: { engine: Runner; connection: Connection; kind: Kind },
  work: (db: Database) => Promise<T>,
): Promise<T> => {
  let isOpen = true
  let failure: { error: unknown } | undefined
  const execute: Connection['execute'] = async (sql, params) => {
    // A statement that nobody awaited would otherwise run in somebody else's transaction.
    if (!isOpen) throw misused('this transaction has ended')
    if (failure) throw failure.error
    return connection.execute(sql, params).catch((error: unknown) => {
      failure = { error }
      throw error
    })
  }
  const rollbackTo = async (savepoint: string) => {
    await connection.execute(`rollback to savepoint ${savepoint}`, [])
    failure = undefined
  }
  try {
    const result = await work(
      connectedDatabase({ engine, kind, connection: { execute, rollbackTo } }, 0),
    )
    // PostgreSQL would answer the commit of a failed transaction with a silent rollback.
    if (failure) throw failure.error
    return result
  } finally {
    isOpen = false
  }
}

const connectedDatabase = (scope: Scope, depth: number): Database => ({
  dialect: scope.engine.dialect,
  tables: tables[scope.engine.dialect],
  query: createQueries(scope.engine.dialect, scope.connection),
  inTransaction: scope.kind === 'transaction',
  transaction: (work) => savepoint(scope, depth + 1, work),
  read: (work) => work(connectedDatabase(scope, depth)),
})

const savepoint = async <T>(
  scope: Scope,
  depth: number,
  work: (db: Database) => Promise<T>,
): Promise<T> => {
  if (scope.kind === 'snapshot') throw misused('a read() cannot hold a transaction()')
  const name = `nested_${depth}`
  await scope.connection.execute(`savepoint ${name}`, [])
  try {
    const result = await work(connectedDatabase(scope, depth))
    await scope.connection.execute(`release savepoint ${name}`, [])
    return result
  } catch (error) {
    // Fails only where the connection is lost, and then the outer transaction says so.
    await scope.connection.rollbackTo(name).catch(() => undefined)
    throw error
  }
}

const misused = (detail: string) => new StorageError('invalid', { detail })
