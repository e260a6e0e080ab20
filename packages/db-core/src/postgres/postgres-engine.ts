import { setTimeout as sleep } from 'node:timers/promises'
import pLimit from 'p-limit'
import type { Connection, Engine } from '../engine.ts'
import { StorageError } from '../storage-error.ts'
import type { PostgresDriver } from './postgres-driver.ts'
import { codeOf, CONNECTION_LOST, isTransient, toStorageError } from './postgres-errors.ts'

/** An engine that can also work alone, and for other tenants. */
export interface PostgresEngine extends Engine {
  /** Like `write`, while no other process is inside `exclusive` on this database. */
  exclusive<T>(work: Work<T>): Promise<T>
  /** The same connections seen as another tenant; every transaction then carries its tenant. */
  withTenant(tenantId: string): Engine
}

export interface PostgresEngineOptions {
  /** Set at the start of every transaction; absent where the connections carry their tenant. */
  readonly tenantId?: string | undefined
  /** How long a transaction that met a conflict or lost its connection is tried again, in ms. */
  readonly retryForMs?: number | undefined
}

type Work<T> = (connection: Connection) => Promise<T>

const RETRY_FOR_MS = 15_000
const FIRST_PAUSE_MS = 2
const LONGEST_PAUSE_MS = 250

/** Stores check and then write: as with SQLite's single writer, nothing may come in between. */
const WRITE = 'isolation level serializable'
const READ = 'isolation level repeatable read read only'
/** A serializable snapshot would be older than the lock that a migration waits for. */
const EXCLUSIVE = 'isolation level read committed'
/** Any number of our own: the letters of ATHENA by their places in the alphabet. */
const EXCLUSIVE_LOCK = 12_008_051_401

/** An engine over a PostgreSQL driver: isolation, retries, tenancy and error translation. */
export const createPostgresEngine = (
  driver: PostgresDriver,
  options: PostgresEngineOptions = {},
): PostgresEngine => {
  const limit = pLimit(driver.max)
  const { retryForMs = RETRY_FOR_MS } = options
  const engineFor = (tenant: string | undefined) => {
    const begin = <T>(mode: string, work: Work<T>) =>
      retry(retryForMs, () => limit(() => attempt(driver, { mode, tenant }, work)))
    const execute: Connection['execute'] = (sql, params) =>
      tenant === undefined && isRead(sql)
        ? retry(retryForMs, () => limit(() => driver.execute(sql, params)).catch(rethrow))
        : begin(WRITE, (connection) => connection.execute(sql, params))
    return {
      dialect: 'postgres',
      execute,
      read: (work) => begin(READ, work),
      write: (work) => begin(WRITE, work),
      exclusive: (work) => begin(EXCLUSIVE, (connection) => alone(connection, work)),
      async version() {
        const [row] = await execute("select current_setting('server_version')", [])
        return `PostgreSQL ${String(row?.[0]).split(' ')[0]}`
      },
      poolStats: () => ({
        size: driver.size(),
        inFlight: limit.activeCount,
        waiting: limit.pendingCount,
        max: driver.max,
        utilisation: limit.activeCount / driver.max,
      }),
      close: () => driver.close().catch(rethrow),
    } satisfies Engine & Pick<PostgresEngine, 'exclusive'>
  }
  return { ...engineFor(options.tenantId), withTenant: engineFor }
}

/** A statement that may simply be sent again: anything else becomes a transaction. */
const isRead = (sql: string): boolean => /^\s*select\b/i.test(sql)

const rethrow = (error: unknown): never => {
  throw toStorageError(error)
}

const alone = async <T>(connection: Connection, work: Work<T>): Promise<T> => {
  await connection.execute(`select pg_advisory_xact_lock(${EXCLUSIVE_LOCK})`, [])
  return work(connection)
}

/** One try of a transaction: rejects with what `work` threw, or with a StorageError. */
const attempt = async <T>(
  driver: PostgresDriver,
  { mode, tenant }: { mode: string; tenant: string | undefined },
  work: Work<T>,
): Promise<T> => {
  let failure: { error: unknown } | undefined
  let isCommitting = false
  const run = async (connection: Connection) => {
    const execute: Connection['execute'] = (sql, params) =>
      connection.execute(sql, params).catch((cause: unknown) => {
        const error = toStorageError(cause)
        // Whatever `work` makes of it: nothing was written, so all of it runs again.
        if (isTransient(error)) failure ??= { error }
        throw error
      })
    if (tenant !== undefined) {
      await execute("select set_config('athena.tenant_id', $1, true)", [tenant])
    }
    const result = await work({ execute })
    isCommitting = true
    return result
  }
  try {
    return await driver.begin(mode, (connection) =>
      run(connection).catch((error: unknown) => {
        failure ??= { error }
        throw error
      }),
    )
  } catch (error) {
    if (isCommitting) throw toCommitError(error)
    throw failure ? failure.error : toStorageError(error)
  }
}

/** A refused commit is a rollback; of a lost one nobody can say what became of it. */
const toCommitError = (error: unknown): StorageError => {
  const translated = toStorageError(error)
  if (translated.code !== 'unavailable' || codeOf(error) === CONNECTION_LOST) return translated
  const detail = 'the connection was lost while committing, so whether it was kept is unknown'
  return new StorageError('unknown', { cause: error, detail })
}

const retry = async <T>(retryForMs: number, call: () => Promise<T>): Promise<T> => {
  const deadline = performance.now() + retryForMs
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return await call()
    } catch (error) {
      if (!isTransient(error) || performance.now() + pause > deadline) throw error
    }
    await sleep(pause * (0.5 + Math.random()))
  }
}
