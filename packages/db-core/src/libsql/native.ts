import Libsql from 'libsql'
import type { Row } from '../engine.ts'
import { toStorageError } from './to-storage-error.ts'
import type { NativeValue } from './values.ts'

/** One connection of the driver, which throws what the driver throws. Closed, it must not be used. */
export interface NativeConnection {
  readonly inTransaction: boolean
  /** Runs statements without values, one after the other; none of them stays in progress. */
  run(sql: string): void
  /** Runs one statement; its rows as the driver has them. */
  query(sql: string, values: readonly NativeValue[]): readonly Row[]
  /** Runs one statement; how many rows it changed, those of triggers and cascades left out. */
  change(sql: string, values: readonly NativeValue[]): number
  close(): void
}

/**
 * How long SQLite itself may wait for a lock. It sleeps on the event loop's thread, so everything
 * longer is waited for in JavaScript.
 */
const BLOCKING_WAIT_MS = 5

/** Statements that a connection keeps prepared, those used last. */
const MOST_PREPARED = 100

/** Longer ones are rarely the same twice: they list values. */
const LONGEST_PREPARED = 8000

interface Prepared {
  readonly statement: Libsql.Statement
  /** With fewer values than the time before, the statement would keep those of then. */
  readonly values: number
}

const prepare = (database: Libsql.Database, sql: string): Libsql.Statement => {
  const statement = database.prepare(sql)
  // Integers as bigints: as numbers, those beyond 2^53 would come rounded.
  statement.safeIntegers(true)
  if (statement.reader) statement.raw(true)
  return statement
}

/** Statements are told to answer arrays. */
const isRow = (row: unknown): row is Row => Array.isArray(row)

/** Opens a connection to the file at `path`. */
export const openNative = (path: string): NativeConnection => {
  const database = connect(path)
  const prepared = new Map<string, Prepared>()

  const statementOf = (sql: string, values: number): Libsql.Statement => {
    const known = prepared.get(sql)
    if (known?.values === values) {
      prepared.delete(sql)
      prepared.set(sql, known)
      return known.statement
    }
    const statement = prepare(database, sql)
    if (sql.length > LONGEST_PREPARED) return statement
    prepared.set(sql, { statement, values })
    const [oldest] = prepared.keys()
    if (prepared.size > MOST_PREPARED && oldest !== undefined) prepared.delete(oldest)
    return statement
  }

  return {
    get inTransaction() {
      return database.inTransaction
    },
    run(sql) {
      database.exec(sql)
    },
    query(sql, values) {
      const statement = statementOf(sql, values.length)
      if (statement.reader) return statement.all(values).filter(isRow)
      statement.run(values)
      return []
    },
    change: (sql, values) => statementOf(sql, values.length).run(values).changes,
    close() {
      prepared.clear()
      database.close()
    },
  }
}

const connect = (path: string): Libsql.Database => {
  try {
    return new Libsql(path, { timeout: BLOCKING_WAIT_MS })
  } catch (error) {
    throw toStorageError(error)
  }
}
