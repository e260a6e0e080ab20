import { openConnection, type Connection, type ConnectionOptions } from './connection.ts'
import { OpsError } from '../ops-error.ts'

/** Lends connections. */
export interface Pool {
  /** Gives a connection of one's own for as long as `work` takes; waits while all are lent. */
  lend<Result>(work: (connection: Connection) => Promise<Result>): Promise<Result>
  /** How many connections are open, lent, and waited for. */
  stats(): { readonly open: number; readonly lent: number; readonly waiting: number }
  close(): Promise<void>
}

/** Makes a pool of at most `max` connections, which opens them when they are needed. */
export const createPool = (options: ConnectionOptions, max: number): Pool => {
  const idle: Connection[] = []
  const waiting: ((place: void) => void)[] = []
  let lent = 0
  let isClosed = false

  const enter = async (): Promise<void> => {
    if (isClosed) throw new OpsError('unavailable', 'this was closed')
    if (lent >= max) await new Promise<void>((resolve) => waiting.push(resolve))
    else lent += 1
  }
  const leave = (): void => {
    const next = waiting.shift()
    // The place is handed on, so that nobody comes between.
    if (next) next()
    else lent -= 1
  }
  const take = (): Connection => {
    const connection = idle.pop()
    if (!connection) return openConnection(options)
    return connection.isSpent() ? take() : connection
  }
  const giveBack = async (connection: Connection): Promise<void> => {
    if (connection.isSpent() || isClosed) await connection.close()
    else idle.push(connection)
  }

  return {
    async lend(work) {
      await enter()
      const connection = take()
      try {
        return await work(connection)
      } finally {
        await giveBack(connection)
        leave()
      }
    },
    stats: () => ({ open: idle.length + lent, lent, waiting: waiting.length }),
    async close() {
      isClosed = true
      await Promise.all(idle.splice(0).map((connection) => connection.close()))
    },
  }
}
