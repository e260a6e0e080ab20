import type { EmbedderHealth } from './embedder.ts'
import { ModelError } from './model-error.ts'

const describe = (error: unknown) =>
  error instanceof ModelError ? `${error.code}: ${error.message}` : 'unexpected failure'

/** Runs `probe` and reports how it went and how long it took. Never throws. */
export const measureHealth = async (probe: () => Promise<unknown>): Promise<EmbedderHealth> => {
  const startedAt = performance.now()
  const latencyMs = () => performance.now() - startedAt
  try {
    await probe()
    return { status: 'ok', latencyMs: latencyMs() }
  } catch (error) {
    return { status: 'unavailable', latencyMs: latencyMs(), detail: describe(error) }
  }
}
