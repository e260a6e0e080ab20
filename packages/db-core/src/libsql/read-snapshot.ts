import Libsql from 'libsql'
import type { Engine } from '../engine.ts'
import { StorageError } from '../storage-error.ts'
import type { DatabaseFile } from './database-file.ts'
import type { FairPool } from './fair-pool.ts'
import type { Handle } from './handle.ts'
import { type Attempt, type Patience, unlessBusy } from './patience.ts'
import { endSession, openSession, type Session } from './session.ts'
import { primaryCode, toStorageError } from './to-storage-error.ts'

/** Readers are `query_only`, so on them SQLITE_READONLY speaks of the caller, not of the file. */
const toReadError = (error: unknown): StorageError =>
  error instanceof Libsql.SqliteError && primaryCode(error) === 'SQLITE_READONLY'
    ? new StorageError('invalid', {
        cause: error,
        detail: 'a read cannot write; write inside a transaction',
      })
    : toStorageError(error)

/**
 * One attempt at a read transaction whose snapshot is taken. `begin` alone takes none: the caller's
 * first statement would, at a time of its own, and it could meet SQLITE_BUSY while another process
 * recovers the log of one that was killed.
 */
const attemptSnapshot = (handle: Handle): Promise<Attempt<Session>> =>
  unlessBusy(async () => {
    const native = handle.connect()
    native.run('begin')
    const session = openSession(native, toReadError)
    try {
      native.run('select 1 from sqlite_schema limit 1')
      return session
    } catch (error) {
      endSession(session, handle)
      throw error
    }
  })

/** What reads need: connections to take turns with, the file, and how long to wait. */
export interface ReadOptions {
  readonly readers: FairPool<Handle>
  readonly file: DatabaseFile
  readonly patience: Patience
}

/** Makes `Engine.read`: the snapshot holds what was committed when its turn came. */
export const createRead =
  ({ readers, file, patience }: ReadOptions): Engine['read'] =>
  (work) =>
    readers.use(async (handle) => {
      file.assertInPlace()
      const session = await patience(() => attemptSnapshot(handle), performance.now())
      try {
        return await work(session.connection)
      } finally {
        endSession(session, handle)
      }
    })
