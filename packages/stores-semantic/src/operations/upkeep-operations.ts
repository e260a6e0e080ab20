import { defineOperation, isoDate } from '@athena-memory/operations'
import { z } from 'zod'
import { QUALITY_TIERS } from '../quality.ts'
import type { SemanticStore } from '../semantic-store.ts'
import { id, ids, memory, projectId, state } from './memory-schemas.ts'

const setConsolidationState = defineOperation({
  name: 'semantic.set-consolidation-state',
  title: 'Move memories to a consolidation state',
  description:
    'For programs that consolidate: moves memories on, all or none. A step that is not allowed is refused; unknown ids are left out of the answer.',
  input: z.object({ ids, state }),
  output: z.object({ memories: z.array(memory) }),
  effect: 'write',
  idempotent: true,
  run: async (store: SemanticStore, input) => ({
    memories: await store.setConsolidationState(input.ids, input.state),
  }),
})

const reconsolidationWindow = defineOperation({
  name: 'semantic.reconsolidation-window',
  title: 'List memories that are open to change',
  description:
    'Lists consolidated memories that were recalled a short time ago, the latest first: the moment to correct or enrich them.',
  input: z.object({
    projectId,
    windowMinutes: z.number().positive().max(525_600).default(60),
    limit: z.number().int().min(1).max(1000).default(100),
  }),
  output: z.object({ memories: z.array(memory) }),
  effect: 'read',
  run: async (store: SemanticStore, input) => ({
    memories: await store.reconsolidationWindow(input),
  }),
})

const rescore = defineOperation({
  name: 'semantic.rescore',
  title: 'Bring usefulness up to date',
  description: 'Scores all current memories of a project anew by access, age and type.',
  input: z.object({ projectId }),
  output: z.object({ scored: z.number().int(), changed: z.number().int() }),
  effect: 'write',
  idempotent: true,
  run: (store: SemanticStore, input) => store.rescore(input.projectId),
})

const prune = defineOperation({
  name: 'semantic.prune',
  title: 'Forget what fell out of use',
  description:
    'Says which memories were used once and no longer are, and with dryRun false forgets them for good. What was never recalled, was said by a person, or is evidence for something stays.',
  input: z.object({
    projectId,
    dryRun: z.boolean().default(true),
    minUsefulness: z.number().min(0).max(1).default(0.25),
    idleDays: z.number().positive().default(90),
    limit: z.number().int().min(1).max(10_000).default(1000),
  }),
  output: z.object({
    dryRun: z.boolean(),
    memories: z.array(
      z.object({ id: z.string(), usefulness: z.number(), lastAccessedAt: isoDate }),
    ),
    erased: z.number().int(),
  }),
  effect: 'destructive',
  run: (store: SemanticStore, input) => store.prune(input),
})

const part = z.number().min(0).max(1)
const tiers = [...QUALITY_TIERS.map(([tier]) => tier), 'poor'] as const

const quality = defineOperation({
  name: 'semantic.quality',
  title: 'Judge a memory',
  description: 'Says how good a memory is now: its score, tier, and the parts of the score.',
  input: z.object({ id }),
  output: z.object({
    quality: z
      .object({
        score: z.number(),
        tier: z.enum(tiers),
        parts: z.object({ usefulness: part, confidence: part, access: part }),
      })
      .optional()
      .describe('absent when there is no such memory'),
  }),
  effect: 'read',
  run: async (store: SemanticStore, input) => ({ quality: await store.quality(input.id) }),
})

/** Operations that keep the memory in good order. */
export const upkeepOperations = [
  setConsolidationState,
  reconsolidationWindow,
  rescore,
  prune,
  quality,
] as const
