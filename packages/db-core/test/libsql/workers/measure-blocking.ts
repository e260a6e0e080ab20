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

/**
 * Measures every call into the driver that asks for the write lock, from here on and in this
 * process. They run on the event loop's thread, so how long the longest took (returned by the
 * function) is how long the event loop was blocked at most by a write that waited.
 */
export const measureBlocking = (): (() => number) => {
  const fromClient = createRequire(import.meta.resolve('@libsql/client'))
  const native: { prototype: NativeDatabase } = fromClient('libsql')
  const { exec, prepare } = native.prototype
  let longest = 0

  const timed = <T>(call: () => T): T => {
    const begunAt = ownTimeMs()
    try {
      return call()
    } finally {
      longest = Math.max(longest, ownTimeMs() - begunAt)
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
  return () => longest
}
