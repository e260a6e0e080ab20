import { setTimeout } from 'node:timers/promises'

/** The work that is under way, so that whoever stops the program can let it finish. */
export interface InFlight {
  /** How much is under way now. */
  readonly count: () => number
  /** Counts `work` until it settles, and hands it back. */
  readonly track: <T>(work: Promise<T>) => Promise<T>
  /** Waits until nothing is under way, at most `deadlineMs`; false when something still is. */
  readonly idle: (deadlineMs: number) => Promise<boolean>
}

/** A record of work, with nothing under way. */
export const createInFlight = (): InFlight => {
  const working = new Set<Promise<unknown>>()

  const settled = async (): Promise<true> => {
    while (working.size > 0) await Promise.allSettled(working)
    return true
  }
  return {
    count: () => working.size,
    track: (work) => {
      working.add(work)
      const done = () => working.delete(work)
      work.then(done, done)
      return work
    },
    idle: async (deadlineMs) => {
      const timer = new AbortController()
      const late = setTimeout(deadlineMs, false, { signal: timer.signal })
      try {
        return await Promise.race([settled(), late])
      } finally {
        timer.abort()
      }
    },
  }
}
