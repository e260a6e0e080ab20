import { setTimeout as wait } from 'node:timers/promises'
import pRetry from 'p-retry'
import { ModelError } from '../model-error.ts'

/** How a failed request is repeated. */
export interface RetryPolicy {
  readonly retries: number
  readonly retryDelayMs: number
  readonly maxRetryAfterMs: number
}

// A timeout is not repeated: a server too slow for one request is not helped by more of them.
const isRepeatable = (error: Error): error is ModelError =>
  error instanceof ModelError && (error.code === 'unavailable' || error.code === 'rate-limited')

/**
 * Runs `attempt` again, with exponential back-off and jitter, while it fails as `unavailable` or `rate-limited`,
 * and not before the time that the server asked for. Rejects with the last error.
 */
export const withRetries = <T>(
  attempt: () => Promise<T>,
  { retries, retryDelayMs, maxRetryAfterMs }: RetryPolicy,
  signal: AbortSignal,
): Promise<T> =>
  pRetry(attempt, {
    retries,
    minTimeout: retryDelayMs,
    maxTimeout: 60_000,
    randomize: true,
    signal,
    shouldRetry: async ({ error }) => {
      if (!isRepeatable(error)) return false
      const { retryAfterMs = 0 } = error
      if (retryAfterMs > maxRetryAfterMs) return false
      if (retryAfterMs > 0) await wait(retryAfterMs, undefined, { signal })
      return true
    },
  })
