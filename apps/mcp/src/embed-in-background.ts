import { setTimeout } from 'node:timers/promises'
import type { Athena } from 'athena-memory'
import type { Log } from './log.ts'
import { codeOf } from './to-message.ts'

const PAUSE_MS = 30_000
const LONGEST_PAUSE_MS = 600_000
const BATCH = 100

/** Work in the background, until it is stopped. */
export interface BackgroundWork {
  /** Starts nothing more; what is under way may be given up at any time. */
  readonly stop: () => void
}

/**
 * Every 30 seconds embeds what was written while the model could not be reached. While that fails
 * the pauses double, up to ten minutes. Never keeps the process alive by itself.
 */
export const embedInBackground = (
  memories: () => readonly Athena[],
  log: Log,
  pauseMs = PAUSE_MS,
): BackgroundWork => {
  const stopping = new AbortController()
  const { signal } = stopping
  const work = async () => {
    let nextMs = pauseMs
    while (await pause(nextMs, signal)) {
      const isWell = await embedAll(memories, signal, log)
      nextMs = isWell ? pauseMs : Math.min(2 * nextMs, LONGEST_PAUSE_MS)
    }
  }
  void work()
  return { stop: () => stopping.abort() }
}

/** False when it was cut short. */
const pause = (ms: number, signal: AbortSignal): Promise<boolean> =>
  setTimeout(ms, true, { signal, ref: false }).catch(() => false)

/** False when a memory could not be worked on. */
const embedAll = async (
  memories: () => readonly Athena[],
  signal: AbortSignal,
  log: Log,
): Promise<boolean> => {
  try {
    for (const athena of memories()) await embedPending(athena, signal, log)
    return true
  } catch (error) {
    log.warn('embed-pending', { code: codeOf(error) })
    return false
  }
}

const embedPending = async (athena: Athena, signal: AbortSignal, log: Log): Promise<void> => {
  while (!signal.aborted) {
    const { embedded, remaining } = await athena.embedPending({ limit: BATCH })
    if (embedded > 0) log.info('embed-pending', { embedded, remaining })
    if (embedded === 0 || remaining === 0) return
  }
}
