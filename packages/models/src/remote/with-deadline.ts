/** When work ends before it is done. */
export interface Deadline {
  /** The caller's signal; its reason is what the work rejects with. */
  readonly signal: AbortSignal | undefined
  /** After this long the work rejects with `timeoutError()`; never when absent. */
  readonly timeoutMs?: number
  readonly timeoutError?: () => Error
}

/**
 * Runs `work` with a signal of its own, which is aborted by the deadline and by the failure of the work itself, so
 * that nothing which it started goes on. Rejects at the moment of the abort, whatever the work is waiting for.
 */
export const withDeadline = async <T>(
  { signal, timeoutMs, timeoutError }: Deadline,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  signal?.throwIfAborted()
  // Not AbortSignal.any over AbortSignal.timeout: https://github.com/nodejs/node/issues/57736
  const controller = new AbortController()
  const follow = () => controller.abort(signal?.reason)
  signal?.addEventListener('abort', follow, { once: true })
  const timer =
    timeoutMs === undefined
      ? undefined
      : setTimeout(() => controller.abort(timeoutError?.()), timeoutMs)
  try {
    return await Promise.race([rejectOnAbort(controller.signal), work(controller.signal)])
  } catch (error) {
    controller.abort(error)
    throw error
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', follow)
  }
}

const rejectOnAbort = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
