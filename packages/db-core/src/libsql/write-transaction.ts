import type { Connection, Engine } from '../engine.ts'
import type { DatabaseFile } from './database-file.ts'
import type { FairPool } from './fair-pool.ts'
import type { Handle } from './handle.ts'
import { type Attempt, type Patience, unlessBusy } from './patience.ts'
import { endSession, openSession, type Session } from './session.ts'

/**
 * Takes the write lock, or says at once that it is held. Not by a prepared statement: one that met
 * SQLITE_BUSY stays in progress and keeps later commits from happening
 * (https://github.com/tursodatabase/libsql-client-ts/issues/352).
 */
const takeLock = (handle: Handle): Promise<Attempt<Session>> =>
  unlessBusy(async () => {
    const native = handle.connect()
    native.run('begin immediate')
    return openSession(native)
  })

type Work<T> = (connection: Connection) => Promise<T>

/** Refused when another process holds the lock: then nothing was written. */
const attemptWrite = async <T>(handle: Handle, work: Work<T>): Promise<Attempt<T>> => {
  const locked = await takeLock(handle)
  if ('busy' in locked) return locked
  const session = locked.value
  try {
    const value = await work(session.connection)
    if (session.fault !== undefined) throw session.fault
    session.commit()
    return { value }
  } catch (error) {
    // Whatever `work` made of it: without the lock nothing was written, so all of it runs again.
    if (session.fault?.code === 'busy') return { busy: session.fault }
    throw error
  } finally {
    endSession(session, handle)
  }
}

/** What writes need: the one connection to take turns with, the file, and how long to wait. */
export interface WriteOptions {
  readonly writers: FairPool<Handle>
  readonly file: DatabaseFile
  readonly patience: Patience
}

/**
 * Makes `Engine.write`: commits when `work` resolves; rolls back and throws what it threw when it
 * rejects. The file is checked before every attempt, for a commit to a removed file would resolve.
 */
export const createWrite =
  ({ writers, file, patience }: WriteOptions): Engine['write'] =>
  (work) => {
    const calledAt = performance.now()
    return writers.use((handle) =>
      patience(async () => {
        file.assertInPlace()
        return attemptWrite(handle, work)
      }, calledAt),
    )
  }
