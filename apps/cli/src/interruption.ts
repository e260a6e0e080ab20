import { constants } from 'node:os'

/** Somebody ended the program; not a failure to report. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
  /** By the shells' convention: 128 and the number of the signal. */
  readonly exitCode: number

  constructor(signal: 'SIGINT' | 'SIGTERM') {
    super(signal)
    this.exitCode = 128 + constants.signals[signal]
  }
}

const controller = new AbortController()

/** Aborts when the program is to end; its reason is an `Interrupted`. */
export const interruption: AbortSignal = controller.signal

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    const interrupted = new Interrupted(signal)
    // The second time somebody is in a hurry.
    if (interruption.aborted) process.exit(interrupted.exitCode)
    controller.abort(interrupted)
  })
}

const interrupted = new Promise<never>((_, reject) => {
  interruption.addEventListener('abort', () => reject(interruption.reason))
})
// Whoever waits is told; it is no error that nobody does.
interrupted.catch(() => undefined)

/**
 * Waits for work, but not longer than until the program is interrupted.
 *
 * @throws Interrupted
 */
export const untilInterrupted = <T>(work: Promise<T>): Promise<T> =>
  Promise.race([work, interrupted])

/** Work that was given up may still hold the process: everything is closed by now. */
export const exitWhenInterrupted = (exitCode: number): void => {
  if (interruption.aborted) process.exit(exitCode)
}
