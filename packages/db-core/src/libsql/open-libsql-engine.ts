import type { Connection, Engine, PoolStats } from '../engine.ts'
import { StorageError } from '../storage-error.ts'
import { backUp } from './backup.ts'
import { closeConnections, openConnections } from './connections.ts'
import { claimDatabaseFile } from './database-file.ts'
import { createFairPool, type FairPool } from './fair-pool.ts'
import type { Handle } from './handle.ts'
import { findDamage } from './integrity.ts'
import { createPatience } from './patience.ts'
import { createRead } from './read-snapshot.ts'
import { isRead } from './statement-kind.ts'
import { createWrite } from './write-transaction.ts'

/** Where a libSQL database lies and how it is used. */
export interface LibsqlOptions {
  /** A file; it and its directories are created where missing. `:memory:` is refused. */
  readonly path: string
  /** How many snapshots may be read at a time; 4 unless given. */
  readonly readers?: number
  /** How long a call waits while other processes lock the database; 10,000 unless given. */
  readonly busyDeadlineMs?: number
}

/** The engine of a local libSQL file. */
export interface LibsqlEngine extends Engine {
  readonly dialect: 'sqlite'
  /**
   * Copies one snapshot into the new file `path` and checks the copy; other processes may write
   * meanwhile. A `path` that exists is refused (`invalid`), a failure leaves no file. Blocks the
   * event loop while it copies and checks.
   */
  backup(path: string): Promise<{ bytes: number }>
  /** What SQLite finds damaged; empty when the file is sound. Blocks while it reads the file. */
  integrityCheck(): Promise<string[]>
}

const assertInteger = (name: string, value: number, least: number): void => {
  if (Number.isSafeInteger(value) && value >= least) return
  throw new StorageError('invalid', { detail: `${name} must be an integer of at least ${least}` })
}

const addUp = (writer: FairPool<Handle>, readers: FairPool<Handle>, max: number): PoolStats => {
  const [one, many] = [writer.stats(), readers.stats()]
  const inFlight = one.inFlight + many.inFlight
  return {
    size: one.size + many.size,
    inFlight,
    waiting: one.waiting + many.waiting,
    max,
    utilisation: inFlight / max,
  }
}

/**
 * Opens a libSQL file that any number of processes may use: one writing connection, which callers
 * take turns with, and a few reading ones.
 *
 * - Writes run in the order of the calls. While another process holds the lock they wait without
 *   blocking the event loop, and reject with `busy` when it was held for `busyDeadlineMs`.
 * - A write that resolved is on disk: it survives `kill -9` and a power cut. One that rejected was
 *   rolled back, except after an I/O error of the commit itself: then either may be true.
 * - Parameters are strings, finite numbers, bigints, booleans, null and `Uint8Array`. In rows
 *   integers are numbers (`invalid` beyond 2^53), booleans 1 or 0, blobs `Uint8Array`.
 * - A statement runs on the event loop's thread and blocks it for as long as it takes.
 * - `close` waits for the calls made before it, and must not be awaited inside one of them.
 */
export const openLibsqlEngine = async (options: LibsqlOptions): Promise<LibsqlEngine> => {
  const { path, readers: readerCount = 4, busyDeadlineMs = 10_000 } = options
  assertInteger('readers', readerCount, 1)
  assertInteger('busyDeadlineMs', busyDeadlineMs, 0)
  const file = await claimDatabaseFile(path)
  const connections = await openConnections(file.path, readerCount, createPatience(busyDeadlineMs))
  const writers = createFairPool([connections.writer])
  const readers = createFairPool(connections.readers)
  const snapshotPatience = createPatience(busyDeadlineMs)
  const read = createRead({ readers, file, patience: snapshotPatience })
  const write = createWrite({ writers, file, patience: createPatience(busyDeadlineMs) })
  let closed: Promise<void> | undefined

  const execute: Connection['execute'] = (sql, params) =>
    (isRead(sql) ? read : write)((connection) => connection.execute(sql, params))

  const close = async (): Promise<void> => {
    await Promise.all([writers.drain(), readers.drain()])
    closeConnections(connections)
  }

  return {
    dialect: 'sqlite',
    execute,
    read,
    write,
    async version() {
      const [row] = await execute('select sqlite_version()', [])
      return `SQLite ${String(row?.[0])}`
    },
    poolStats: () => addUp(writers, readers, readerCount + 1),
    close: () => (closed ??= close()),
    // Counted as a reader: it waits its turn, and `close` waits for it.
    backup: (target) => readers.use(() => backUp(file, target, snapshotPatience)),
    integrityCheck: () => read(findDamage),
  }
}
