import { StorageError, type Tables } from '@athena-memory/db-core'
import { memberOf } from '@athena-memory/db-core/stores'

/** What a goal is to its parent, or to nothing. */
export const GOAL_TYPES = ['primary', 'subgoal', 'maintenance'] as const
export type GoalType = (typeof GOAL_TYPES)[number]

/** How a goal stands. */
export const GOAL_STATUSES = ['active', 'in_progress', 'suspended', 'completed'] as const
export type GoalStatus = (typeof GOAL_STATUSES)[number]

/** What is aimed at. */
export interface Goal {
  readonly id: string
  readonly projectId: string
  /** The goal that this one serves. */
  readonly parentId?: string | undefined
  readonly content: string
  readonly goalType: GoalType
  /** From 1 to 10, the most urgent. */
  readonly priority: number
  readonly status: GoalStatus
  /** From 0 to 1. */
  readonly progress: number
  /** By what one sees that it is reached. */
  readonly completionCriteria?: string | undefined
  readonly dueAt?: Date | undefined
  readonly suspendedAt?: Date | undefined
  readonly completedAt?: Date | undefined
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** A stored row. */
export type GoalRow = Tables['workingGoals']['$inferSelect']

/** A stored row as callers see it. */
export const toGoal = (stored: GoalRow): Goal => {
  const { tenantId: _, ...row } = stored
  return {
    ...row,
    parentId: row.parentId ?? undefined,
    goalType: memberOf(GOAL_TYPES, row.goalType, 'working_goals.goal_type'),
    status: memberOf(GOAL_STATUSES, row.status, 'working_goals.status'),
    completionCriteria: row.completionCriteria ?? undefined,
    dueAt: row.dueAt ?? undefined,
    suspendedAt: row.suspendedAt ?? undefined,
    completedAt: row.completedAt ?? undefined,
  }
}

/** What changes when a goal is dealt with. */
export type GoalChanges = Partial<
  Pick<GoalRow, 'status' | 'progress' | 'suspendedAt' | 'completedAt'>
>

/** The changes that complete a goal. */
export const completion = (at: Date): GoalChanges => ({
  status: 'completed',
  progress: 1,
  suspendedAt: null,
  completedAt: at,
})

/**
 * The changes that progress makes: whoever has all of it is completed.
 *
 * @throws StorageError `invalid` for a goal that is not worked on
 */
export const progressing = (goal: Goal, progress: number, at: Date): GoalChanges => {
  if (!(progress >= 0 && progress <= 1)) throw invalid('progress must be from 0 to 1')
  assertOpen(goal)
  if (goal.status === 'suspended') throw invalid('a suspended goal must be resumed first')
  if (progress === 1) return completion(at)
  return { progress, status: progress > 0 ? 'in_progress' : 'active' }
}

/** @throws StorageError `invalid` for a completed goal */
export const suspending = (goal: Goal, at: Date): GoalChanges => {
  assertOpen(goal)
  return { status: 'suspended', suspendedAt: goal.suspendedAt ?? at }
}

/** @throws StorageError `invalid` for a completed goal */
export const resuming = (goal: Goal): GoalChanges => {
  assertOpen(goal)
  return { status: goal.progress > 0 ? 'in_progress' : 'active', suspendedAt: null }
}

const assertOpen = ({ status }: Goal): void => {
  if (status === 'completed') throw invalid('a completed goal cannot be changed; set a new one')
}

const invalid = (detail: string): StorageError => new StorageError('invalid', { detail })
