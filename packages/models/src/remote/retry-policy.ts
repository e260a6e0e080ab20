import { ModelError } from '../model-error.ts'
import type { RetryPolicy } from './with-retries.ts'

/** How long a server that was down is taken to be still down: it is asked, but only once. */
const BELIEVED_DOWN_MS = 30_000

/** A policy that follows how requests went, so that not every caller waits for a server that is down. */
export const createRetryPolicy = (policy: RetryPolicy) => {
  let downUntil = 0
  return {
    /** The policy for a request that begins now. */
    current: (): RetryPolicy =>
      performance.now() < downUntil ? { ...policy, retries: 0 } : policy,
    /** Passes the outcome of a request on, and remembers it. */
    async note<T>(request: Promise<T>): Promise<T> {
      try {
        const answer = await request
        downUntil = 0
        return answer
      } catch (error) {
        if (error instanceof ModelError && error.code === 'unavailable') {
          downUntil = performance.now() + BELIEVED_DOWN_MS
        }
        throw error
      }
    },
  }
}
