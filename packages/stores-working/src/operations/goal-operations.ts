import { defineOperation, isoDate } from '@athena-memory/operations'
import { z } from 'zod'
import { GOAL_STATUSES, GOAL_TYPES } from '../goals/goal.ts'
import type { WorkingStore } from '../working-store.ts'
import { cursor, goal, id, limit, nextCursor, projectId, share } from './working-schemas.ts'

const goalId = id.describe('id of the goal')
const found = z.object({ goal: goal.optional().describe('absent when there is none') })

const setGoal = defineOperation({
  name: 'working.set-goal',
  title: 'Set a goal',
  description:
    'Says what the work at hand is for, or which part of a goal comes next. For tasks with dependencies and triggers use the prospective layer.',
  input: z.object({
    projectId,
    content: z.string().min(1).max(10_000),
    goalType: z
      .enum(GOAL_TYPES)
      .optional()
      .describe('default subgoal under a parent, else primary'),
    parentId: id.optional().describe('the goal that this one serves'),
    priority: z.number().int().min(1).max(10).default(5).describe('10 is the most urgent'),
    completionCriteria: z.string().min(1).max(10_000).optional(),
    dueAt: isoDate.optional(),
  }),
  output: z.object({ goal }),
  effect: 'write',
  examples: [
    {
      title: 'What the session is for',
      input: { projectId: 'p1', content: 'Release version 2', priority: 8 },
    },
  ],
  run: async (store: WorkingStore, input) => ({ goal: await store.setGoal(input) }),
})

const getGoal = defineOperation({
  name: 'working.get-goal',
  title: 'Get a goal',
  description: 'Looks a goal up by its id.',
  input: z.object({ id: goalId }),
  output: found,
  effect: 'read',
  run: async (store: WorkingStore, input) => ({ goal: await store.getGoal(input.id) }),
})

const listGoals = defineOperation({
  name: 'working.list-goals',
  title: 'List goals',
  description:
    'Lists the goals of a project that are not completed, the most urgent first, then the newest. How they serve each other shows working.goal-tree.',
  input: z.object({
    projectId,
    statuses: z.array(z.enum(GOAL_STATUSES)).min(1).max(GOAL_STATUSES.length).optional(),
    limit,
    cursor: cursor.optional(),
  }),
  output: z.object({ goals: z.array(goal), nextCursor }),
  effect: 'read',
  run: (store: WorkingStore, input) => store.listGoals(input),
})

const goalTree = defineOperation({
  name: 'working.goal-tree',
  title: 'Show how goals serve each other',
  description:
    'Lists goals, completed ones too, each followed by those that serve it: under one goal, or under a page of those that serve no other.',
  input: z.object({ projectId, goalId: goalId.optional(), limit, cursor: cursor.optional() }),
  output: z.object({
    goals: z.array(
      goal.extend({
        depth: z.number().int().describe('0 for a root'),
        path: z.array(z.string()).describe('ids from the root down to the goal'),
      }),
    ),
    nextCursor,
  }),
  effect: 'read',
  run: (store: WorkingStore, input) => store.goalTree(input),
})

const progressGoal = defineOperation({
  name: 'working.progress-goal',
  title: 'Note progress of a goal',
  description: 'Notes how far a goal is, from 0 to 1; 1 completes it. Suspended goals are refused.',
  input: z.object({ id: goalId, progress: share }),
  output: found,
  effect: 'write',
  idempotent: true,
  run: async (store: WorkingStore, input) => ({
    goal: await store.progressGoal(input.id, input.progress),
  }),
})

const completeGoal = defineOperation({
  name: 'working.complete-goal',
  title: 'Complete a goal',
  description:
    'Completes a goal, and with cascade all goals that serve it. The answer holds what was completed now.',
  input: z.object({ id: goalId, cascade: z.boolean().default(false) }),
  output: z.object({ completed: z.array(goal) }),
  effect: 'write',
  idempotent: true,
  run: async (store: WorkingStore, { id: completedId, cascade }) => ({
    completed: await store.completeGoal(completedId, { cascade }),
  }),
})

const suspendGoal = defineOperation({
  name: 'working.suspend-goal',
  title: 'Suspend a goal',
  description: 'Puts a goal aside until working.resume-goal. Completed goals are refused.',
  input: z.object({ id: goalId }),
  output: found,
  effect: 'write',
  idempotent: true,
  run: async (store: WorkingStore, input) => ({ goal: await store.suspendGoal(input.id) }),
})

const resumeGoal = defineOperation({
  name: 'working.resume-goal',
  title: 'Resume a goal',
  description: 'Takes a suspended goal up again. Completed goals are refused.',
  input: z.object({ id: goalId }),
  output: found,
  effect: 'write',
  idempotent: true,
  run: async (store: WorkingStore, input) => ({ goal: await store.resumeGoal(input.id) }),
})

/** Operations on what is aimed at. */
export const goalOperations = [
  setGoal,
  getGoal,
  listGoals,
  goalTree,
  progressGoal,
  completeGoal,
  suspendGoal,
  resumeGoal,
] as const
