import { createRequire } from 'node:module'
import { ownTimeMs } from '../blocked-time.ts'

interface Statement {
  run(...values: unknown[]): unknown
}

interface NativeDatabase {
  exec(sql: string): void
  prepare(sql: string): Statement
}

const takesTheLock = /begin immediate/i

/** What the calls that asked for the write lock cost the event loop. */
export interface Blocking {
  readonly calls: number
  /** Calls that took longer than 50 ms. */
  readonly slow: number
  readonly longestMs: number
}

/**
 * Measures every call into the driver that asks for the write lock, from here on and in this
 * process. They run on the event loop's thread: as long as they take, it is blocked. Time without
 * a processor does not count, but a stall of the disk does, for it looks like waiting from here.
 */
export const measureBlocking = (): (() => Blocking) => {
  const fromClient = createRequire(import.meta.resolve('@libsql/client'))
  const native: { prototype: NativeDatabase } = fromClient('libsql')
  const { exec, prepare } = native.prototype
  let [calls, slow, longestMs] = [0, 0, 0]

  const timed = <T>(call: () => T): T => {
    const begunAt = ownTimeMs()
    try {
      return call()
    } finally {
      const tookMs = ownTimeMs() - begunAt
      calls += 1
      if (tookMs > 50) slow += 1
      longestMs = Math.max(longestMs, tookMs)
    }
  }

  native.prototype.exec = function measuredExec(sql) {
    if (takesTheLock.test(sql)) timed(() => exec.call(this, sql))
    else exec.call(this, sql)
  }
  native.prototype.prepare = function measuredPrepare(sql) {
    const statement = prepare.call(this, sql)
    if (!takesTheLock.test(sql)) return statement
    const run = statement.run.bind(statement)
    statement.run = (...values) => timed(() => run(...values))
    return statement
  }
  return () => ({ calls, slow, longestMs })
}
