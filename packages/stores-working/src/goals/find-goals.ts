import type { Database } from '@athena-memory/db-core'
import { desc, eq, inArray } from 'drizzle-orm'
import type { GoalRow } from './goal.ts'

/** How deep goals may serve each other. */
export const MAX_GOAL_DEPTH = 10

/** The row of a goal. */
export const findGoal = async (
  { query, tables: { workingGoals } }: Database,
  id: string,
): Promise<GoalRow | undefined> => {
  const [row] = await query.select().from(workingGoals).where(eq(workingGoals.id, id)).limit(1)
  return row
}

/** Those goals that directly serve one of these, the most urgent first, then the newest. */
const findSubgoals = (
  { query, tables: { workingGoals } }: Database,
  parentIds: readonly string[],
): Promise<GoalRow[]> =>
  query
    .select()
    .from(workingGoals)
    .where(inArray(workingGoals.parentId, [...parentIds]))
    .orderBy(desc(workingGoals.priority), desc(workingGoals.id))

/** Goals that serve these at any depth, level by level. */
export const findDescendants = async (db: Database, ids: readonly string[]): Promise<GoalRow[]> => {
  const found: GoalRow[] = []
  let level = ids
  while (level.length > 0) {
    const rows = await findSubgoals(db, level)
    found.push(...rows)
    level = rows.map(({ id }) => id)
  }
  return found
}

/** Which of these ids are goals, and all that serve them. */
export const goalsUnder = async (db: Database, ids: readonly string[]): Promise<string[]> => {
  const { workingGoals } = db.tables
  const rows = await db.query
    .select({ id: workingGoals.id })
    .from(workingGoals)
    .where(inArray(workingGoals.id, [...ids]))
  const named = rows.map(({ id }) => id)
  return [...named, ...(await findDescendants(db, named)).map(({ id }) => id)]
}
