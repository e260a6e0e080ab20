import type { WorkingLoad } from './readers.ts'

/** Above which share of the capacity, or which latency in ms, the load is of a level; highest first. */
export const LOAD_LEVELS = [
  { level: 'critical', utilisation: 0.9, latencyMs: 500 },
  { level: 'high', utilisation: 0.75, latencyMs: 300 },
  { level: 'medium', utilisation: 0.5, latencyMs: 100 },
] as const

export type LoadLevel = (typeof LOAD_LEVELS)[number]['level'] | 'low'

/** How much there is to keep in mind. */
export interface CognitiveLoad extends WorkingLoad {
  /** Active / capacity: above 1 where more is held than fits. */
  readonly utilisation: number
  /** What the caller measured; absent where nobody did. */
  readonly latencyMs?: number | undefined
  readonly level: LoadLevel
}

/** The load of a working memory, and the level that utilisation or latency gives it. */
export const assessLoad = (
  { active, capacity }: WorkingLoad,
  latencyMs?: number,
): CognitiveLoad => {
  const utilisation = active / Math.max(capacity, 1)
  const found = LOAD_LEVELS.find(
    (each) => utilisation > each.utilisation || (latencyMs ?? 0) > each.latencyMs,
  )
  return { active, capacity, utilisation, latencyMs, level: found?.level ?? 'low' }
}
