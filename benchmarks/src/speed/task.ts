import { z } from 'zod'
import { benchConfig } from '../databases/bench-config.ts'

/** What a process of its own does: fill a database and measure it, or open it and answer. */
export const task = z.object({
  act: z.enum(['load', 'start']),
  config: benchConfig,
  /** Memories, and dimensions of their vectors. */
  n: z.int().min(1),
  dim: z.int().min(1),
})
export type Task = z.output<typeof task>
