import type { StoreContext } from '../store-context.ts'
import { findGoal } from './find-goals.ts'
import { type Goal, progressing, resuming, suspending, toGoal } from './goal.ts'
import {
  type GoalListOptions,
  type GoalPage,
  type GoalTree,
  type GoalTreeOptions,
  listGoals,
  readGoalTree,
} from './list-goals.ts'
import { changeGoal, completeGoal, type NewGoal, setGoal } from './set-goal.ts'

/** What is aimed at. Goals take no place of items; they are forgotten by `forget`. */
export interface GoalMethods {
  /**
   * Sets a goal, or one that serves another, at most ten deep; search finds it.
   *
   * @throws StorageError `invalid` that names the field, `missing-reference` without such a project or
   *   parent
   */
  setGoal(goal: NewGoal): Promise<Goal>
  getGoal(id: string): Promise<Goal | undefined>
  /** The most urgent first, then the newest; completed ones only where `statuses` says so. */
  listGoals(options: GoalListOptions): Promise<GoalPage>
  /** Goals with those that serve them, each before its own; completed ones too. */
  goalTree(options: GoalTreeOptions): Promise<GoalTree>
  /**
   * Notes how far a goal is, from 0 to 1; 1 completes it.
   *
   * @throws StorageError `invalid` for a suspended or completed goal
   */
  progressGoal(id: string, progress: number): Promise<Goal | undefined>
  /** Completes a goal, and with `cascade` those that serve it; what was completed now, it first. */
  completeGoal(id: string, options?: { cascade?: boolean | undefined }): Promise<Goal[]>
  /** @throws StorageError `invalid` for a completed goal */
  suspendGoal(id: string): Promise<Goal | undefined>
  /** @throws StorageError `invalid` for a completed goal */
  resumeGoal(id: string): Promise<Goal | undefined>
}

/** What is aimed at, over a store's parts. */
export const createGoalMethods = (store: StoreContext): GoalMethods => ({
  setGoal: (goal) => setGoal(store, goal),
  async getGoal(id) {
    const row = await findGoal(store.db, id)
    return row && toGoal(row)
  },
  listGoals: (options) => listGoals(store.db, options),
  goalTree: (options) => readGoalTree(store.db, options),
  progressGoal: (id, progress) =>
    changeGoal(store, id, (goal, at) => progressing(goal, progress, at)),
  completeGoal: (id, options = {}) => completeGoal(store, id, options),
  suspendGoal: (id) => changeGoal(store, id, suspending),
  resumeGoal: (id) => changeGoal(store, id, resuming),
})
