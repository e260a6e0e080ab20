import { DrizzleQueryError } from 'drizzle-orm'
import { PgDatabase, PgDialect, type PgQueryResultHKT } from 'drizzle-orm/pg-core'
import { PgRemoteSession } from 'drizzle-orm/pg-proxy'
import { BaseSQLiteDatabase, SQLiteAsyncDialect } from 'drizzle-orm/sqlite-core'
import { SQLiteRemoteSession } from 'drizzle-orm/sqlite-proxy'
import type { Connection, Dialect } from '../engine.ts'
import { toStorableText } from '../vocabulary/storable-text.ts'

type PgDriver = PgDatabase<PgQueryResultHKT>

/** The query builders that both dialects share, typed as PostgreSQL. */
export type Queries = Pick<
  PgDriver,
  'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | 'with' | '$with' | '$count'
>

/** Query builders whose statements run on `connection` and fail as it fails. */
export const createQueries = (dialect: Dialect, connection: Connection): Queries => {
  const storing: Connection = {
    execute: (sql, params) => connection.execute(sql, params.map(toStorable)),
  }
  return dialect === 'postgres' ? postgresQueries(storing) : sqliteQueries(storing)
}

const toStorable = (param: unknown): unknown =>
  typeof param === 'string' ? toStorableText(param) : param

const postgresQueries = (connection: Connection): Queries => {
  const dialect = new PgDialect()
  const run = async (sql: string, params: unknown[]) => ({
    rows: [...(await connection.execute(sql, params))],
  })
  const session = new PgRemoteSession<Record<string, never>, Record<string, never>>(
    run,
    dialect,
    undefined,
  )
  const prepare = session.prepareQuery.bind(session)
  session.prepareQuery = (...args) => unwrapErrors(prepare(...args), ['execute'])
  // Drizzle's own looks for a column by its name, which rows of this session do not have.
  session.count = async (query) => {
    const statement = dialect.sqlToQuery(query)
    const [row] = await connection.execute(statement.sql, statement.params)
    return Number(row?.[0])
  }
  return new PgDatabase(dialect, session, undefined)
}

const sqliteQueries = (connection: Connection): Queries => {
  const dialect = new SQLiteAsyncDialect()
  const run = async (sql: string, params: unknown[], method: string) => {
    const rows = await connection.execute(sql, params)
    return { rows: method === 'get' ? [...(rows[0] ?? [])] : [...rows] }
  }
  const session = new SQLiteRemoteSession<Record<string, never>, Record<string, never>>(
    run,
    dialect,
    undefined,
  )
  const prepare = session.prepareQuery.bind(session)
  session.prepareQuery = (...args) =>
    unwrapErrors(prepare(...args), ['run', 'all', 'get', 'values'])
  const driver = new BaseSQLiteDatabase('async', dialect, session, undefined)
  // The second of the two casts of the project: SQLite's builders, told to be PostgreSQL's.
  // oxlint-disable-next-line typescript/consistent-type-assertions
  return driver as unknown as PgDriver
}

/** Drizzle's own error holds every parameter in its message: stored content. Its cause does not. */
const unwrapErrors = <
  Method extends string,
  Query extends { [Name in Method]: (...args: never[]) => Promise<unknown> },
>(
  query: Query,
  methods: readonly Method[],
): Query => {
  for (const method of methods) {
    const call = query[method].bind(query)
    const guarded = (...args: never[]) => call(...args).catch(rethrowCause)
    Reflect.set(query, method, guarded)
  }
  return query
}

const rethrowCause = (error: unknown): never => {
  throw error instanceof DrizzleQueryError && error.cause ? error.cause : error
}
