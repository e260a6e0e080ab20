import pLimit, { type LimitFunction } from 'p-limit'

/** Runs work of the same name one after the other, in the order of the calls. */
export type TakeTurn = <Result>(name: string, work: () => Promise<Result>) => Promise<Result>

/**
 * Turns within this process. They spare callers that want the same room from preparing it in vain; what
 * holds the limits, also between processes, is the transaction.
 */
export const createTurns = (): TakeTurn => {
  const queues = new Map<string, LimitFunction>()
  return async (name, work) => {
    const queue = queues.get(name) ?? pLimit(1)
    queues.set(name, queue)
    try {
      return await queue(work)
    } finally {
      if (queue.activeCount + queue.pendingCount === 0) queues.delete(name)
    }
  }
}
