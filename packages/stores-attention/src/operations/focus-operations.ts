import { defineOperation, isoDate } from '@athena-memory/operations'
import { z } from 'zod'
import type { AttentionStore } from '../attention-store.ts'
import { FOCUS_LEVELS, TRANSITIONS } from '../focus.ts'
import { INHIBITION, INHIBITION_KINDS } from '../inhibition.ts'
import * as schemas from './attention-schemas.ts'

const { count, item, itemRef, page, projectId, reason, share } = schemas

const sessionId = schemas.sessionId.describe('whose focus; default the one outside of sessions')
const target = item
const task = { layer: 'prospective', id: 't1' }

const focusSchema = z.object({
  id: z.string(),
  projectId: z.string(),
  sessionId: z.string().optional(),
  target: itemRef,
  weight: z.number(),
  level: z.enum(FOCUS_LEVELS),
  transition: z.enum(TRANSITIONS),
  reason: z.string().optional(),
  previousId: z.string().optional().describe('the focus that returning leads to'),
  startedAt: isoDate,
  endedAt: isoDate.optional(),
})

const focus = defineOperation({
  name: 'attention.focus',
  title: 'Focus on an item',
  description:
    'Takes an item into view. A primary focus ends the one before for good; to come back to that later use attention.shift-focus.',
  input: z.object({
    projectId,
    sessionId,
    target,
    weight: share.default(1),
    level: z.enum(FOCUS_LEVELS).default('primary'),
    reason,
  }),
  output: z.object({ focus: focusSchema }),
  effect: 'write',
  examples: [{ title: 'Begin a task', input: { projectId: 'p1', target: task } }],
  run: async (store: AttentionStore, input) => ({ focus: await store.focus(input) }),
})

const shiftFocus = defineOperation({
  name: 'attention.shift-focus',
  title: 'Turn to something else for a while',
  description:
    'Makes another item the primary focus and remembers the one before, so that attention.return-to-previous leads back. Use it for interruptions and detours.',
  input: z.object({
    projectId,
    sessionId,
    target,
    weight: share.default(1),
    transition: z.enum(['voluntary', 'automatic', 'interruption']).default('voluntary'),
    reason,
  }),
  output: z.object({
    focus: focusSchema,
    previous: focusSchema.optional().describe('absent when nothing was in focus'),
  }),
  effect: 'write',
  examples: [
    {
      title: 'The user asks something else',
      input: { projectId: 'p1', target: task, transition: 'interruption' },
    },
  ],
  run: (store: AttentionStore, input) => store.shiftFocus(input),
})

const returnToPrevious = defineOperation({
  name: 'attention.return-to-previous',
  title: 'Return to what was interrupted',
  description:
    'Takes up again what the last attention.shift-focus interrupted; several shifts are undone one by one.',
  input: z.object({ projectId, sessionId }),
  output: z.object({
    focus: focusSchema.optional().describe('absent when there is nothing to return to'),
    previous: focusSchema.optional().describe('the focus that ended'),
  }),
  effect: 'write',
  examples: [{ title: 'The detour is over', input: { projectId: 'p1' } }],
  run: async (store: AttentionStore, input) => (await store.returnToPrevious(input)) ?? {},
})

const currentFocus = defineOperation({
  name: 'attention.current-focus',
  title: 'Show what is in view',
  description: 'Lists what is looked at now: the primary focus first, then by level and weight.',
  input: z.object({ projectId, sessionId }),
  output: z.object({ focuses: z.array(focusSchema) }),
  effect: 'read',
  examples: [{ title: 'What was I at?', input: { projectId: 'p1' } }],
  run: async (store: AttentionStore, input) => ({ focuses: await store.currentFocus(input) }),
})

const focusHistory = defineOperation({
  name: 'attention.focus-history',
  title: 'List what was in view',
  description: 'Lists what a session looked at, the latest first, with when it began and ended.',
  input: z.object({ projectId, sessionId, ...page }),
  output: z.object({ focuses: z.array(focusSchema), nextCursor: schemas.nextCursor }),
  effect: 'read',
  examples: [{ title: 'The last three', input: { projectId: 'p1', limit: 3 } }],
  run: (store: AttentionStore, input) => store.focusHistory(input),
})

const inhibit = defineOperation({
  name: 'attention.inhibit',
  title: 'Keep an item out of mind',
  description:
    'Keeps an item from coming to mind for a while: half of it wears off in 30 minutes. Use it for what disturbs the work at hand. It stays known; to erase it use forget of its layer.',
  input: z.object({
    projectId,
    target,
    strength: share.default(0.5),
    kind: z.enum(INHIBITION_KINDS).default('selective'),
    durationMs: z.number().int().min(1).max(31_536_000_000).optional().describe('over after this'),
    reason,
  }),
  output: z.object({
    inhibition: z.object({
      id: z.string(),
      projectId: z.string(),
      target: itemRef,
      kind: z.enum(INHIBITION_KINDS),
      strength: z.number(),
      reason: z.string().optional(),
      inhibitedAt: isoDate,
      expiresAt: isoDate.optional(),
      releasedAt: isoDate.optional(),
    }),
  }),
  effect: 'write',
  examples: [{ title: 'Not now', input: { projectId: 'p1', target: task, strength: 0.8 } }],
  run: async (store: AttentionStore, input) => ({ inhibition: await store.inhibit(input) }),
})

const release = defineOperation({
  name: 'attention.release',
  title: 'Let an item come to mind again',
  description: 'Ends all inhibitions of an item at once.',
  input: z.object({ projectId, target }),
  output: z.object({ released: count }),
  effect: 'write',
  idempotent: true,
  examples: [{ title: 'Now it matters', input: { projectId: 'p1', target: task } }],
  run: async (store: AttentionStore, input) => ({ released: await store.release(input) }),
})

const inhibited = defineOperation({
  name: 'attention.inhibited',
  title: 'List what is kept out of mind',
  description: 'Lists items by how inhibited they are now, the most first.',
  input: z.object({
    projectId,
    items: z.array(item).min(1).max(500).optional().describe('default all of the project'),
    threshold: share.default(INHIBITION.threshold),
    limit: schemas.limit,
  }),
  output: z.object({ items: z.array(itemRef.extend({ inhibition: z.number() })) }),
  effect: 'read',
  examples: [{ title: 'What is held back', input: { projectId: 'p1' } }],
  run: async (store: AttentionStore, input) => ({ items: await store.inhibited(input) }),
})

/** Operations on what is looked at, and what is not. */
export const focusOperations = [
  focus,
  shiftFocus,
  returnToPrevious,
  currentFocus,
  focusHistory,
  inhibit,
  release,
  inhibited,
] as const
