import { setTimeout as sleep } from 'node:timers/promises'
import { StorageError } from '../storage-error.ts'
import { toStorageError } from './to-storage-error.ts'

/** A value, or the refusal of a lock that somebody else holds. */
export type Attempt<T> = { readonly value: T } | { readonly busy: StorageError }

/** Calls `step`: SQLITE_BUSY is an answer, any other failure is thrown as a `StorageError`. */
export const unlessBusy = async <T>(step: () => Promise<T>): Promise<Attempt<T>> => {
  try {
    return { value: await step() }
  } catch (error) {
    const failure = toStorageError(error)
    if (failure.code === 'busy') return { busy: failure }
    throw failure
  }
}

/** Runs an attempt until it is not refused. `calledAt` is when the caller began to wait. */
export type Patience = <T>(attempt: () => Promise<Attempt<T>>, calledAt: number) => Promise<T>

/** SQLite has no queue for its lock: random pauses keep waiting processes from meeting again. */
const pauseMs = (round: number): number => 1 + Math.random() * Math.min(15, 2 ** round)

/**
 * Makes the waiting of callers who come one after another for the same lock. It sleeps between
 * attempts, so the event loop stays free, and gives up with a `StorageError` `busy` when the lock
 * was held for `deadlineMs` without a gap while the caller waited. Time in which callers before it
 * succeeded does not count: a long queue that moves is not a failure, and behind a lock that stays
 * held all waiting callers give up together.
 */
export const createPatience = (deadlineMs: number): Patience => {
  let heldSince: number | undefined

  const note = <T>(outcome: Attempt<T> | undefined) => {
    if (outcome === undefined || 'value' in outcome) heldSince = undefined
    else heldSince ??= performance.now()
  }

  const assertTimeLeft = (calledAt: number, refusal: StorageError) => {
    const now = performance.now()
    if (now - Math.max(heldSince ?? now, calledAt) < deadlineMs) return
    throw new StorageError('busy', {
      cause: refusal.cause,
      detail: `the database stayed locked by another process for ${deadlineMs} ms; try again`,
    })
  }

  return async (attempt, calledAt) => {
    for (let round = 0; ; round += 1) {
      const outcome = await attempt().catch((error: unknown) => {
        note(undefined)
        throw error
      })
      note(outcome)
      if ('value' in outcome) return outcome.value
      assertTimeLeft(calledAt, outcome.busy)
      await sleep(pauseMs(round))
    }
  }
}
