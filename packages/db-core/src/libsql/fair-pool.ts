import { StorageError } from '../storage-error.ts'

/** A fixed set of items that callers take turns with, first come first served. */
export interface FairPool<T> {
  /** Calls `act` with an item that is nobody else's until `act` settles. */
  use<R>(act: (item: T) => Promise<R>): Promise<R>
  /** How many items there are, how many are taken and how many callers wait. */
  stats(): { readonly size: number; readonly inFlight: number; readonly waiting: number }
  /** Refuses new callers, serves those who came before, then hands over all items. */
  drain(): Promise<readonly T[]>
}

/**
 * Makes a pool of `items`. A pool of one item is a fair mutex. After `drain` its size is 0 and `use`
 * rejects with a `StorageError` `unavailable`.
 */
export const createFairPool = <T>(items: readonly T[]): FairPool<T> => {
  const idle = [...items]
  const queue: Array<(item: T) => void> = []
  let isDraining = false
  let size = items.length

  const acquire = (): Promise<T> => {
    const item = idle.pop()
    if (item !== undefined) return Promise.resolve(item)
    return new Promise((resolve) => queue.push(resolve))
  }

  const release = (item: T) => {
    const next = queue.shift()
    if (next === undefined) idle.push(item)
    else next(item)
  }

  return {
    async use(act) {
      if (isDraining) {
        throw new StorageError('unavailable', { detail: 'the database was closed; open it again' })
      }
      const item = await acquire()
      try {
        return await act(item)
      } finally {
        release(item)
      }
    },
    stats: () => ({ size, inFlight: size - idle.length, waiting: queue.length }),
    async drain() {
      isDraining = true
      const all = await Promise.all(items.map(acquire))
      size = 0
      return all
    },
  }
}
