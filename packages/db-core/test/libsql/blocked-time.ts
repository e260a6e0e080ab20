import { existsSync, readFileSync } from 'node:fs'

const schedule = '/proc/thread-self/schedstat'
const hasSchedule = existsSync(schedule)

/**
 * How long this thread was ready to run but had no processor, in milliseconds since it began. On a
 * busy machine that dwarfs what the code under test does; where the system does not say, it is 0.
 */
const starvedMs = (): number =>
  hasSchedule ? Number(readFileSync(schedule, 'utf8').split(' ')[1]) / 1e6 : 0

/** A stopwatch for this thread that stands still while it has no processor. */
export const ownTimeMs = (): number => performance.now() - starvedMs()

/** Watches the event loop until called: then says for how many milliseconds it was blocked at most. */
export const watchEventLoop = (): (() => number) => {
  let longest = 0
  let last = ownTimeMs()
  const tick = () => {
    const now = ownTimeMs()
    longest = Math.max(longest, now - last)
    last = now
  }
  const timer = setInterval(tick, 1)
  return () => {
    tick()
    clearInterval(timer)
    return longest
  }
}
