import type { Database, Tables } from '@athena-memory/db-core'
import { and, desc, eq, inArray, isNull, lt, or, type SQL } from 'drizzle-orm'
import { pageOf, wrongCursor } from '../page.ts'
import { findDescendants, findGoal } from './find-goals.ts'
import { type Goal, type GoalRow, type GoalStatus, toGoal } from './goal.ts'

/** Which goals to list. */
export interface GoalListOptions {
  readonly projectId: string
  /** Default: all that are not completed. */
  readonly statuses?: readonly GoalStatus[] | undefined
  /** Default 20. */
  readonly limit?: number | undefined
  /** `nextCursor` of the page before. */
  readonly cursor?: string | undefined
}

/** A page of goals. */
export interface GoalPage {
  readonly goals: Goal[]
  /** Where the next page begins; absent on the last. */
  readonly nextCursor?: string | undefined
}

const OPEN: readonly GoalStatus[] = ['active', 'in_progress', 'suspended']
const DEFAULT_LIMIT = 20

/** Goals of a project, the most urgent first; see `GoalMethods.listGoals`. */
export const listGoals = async (db: Database, options: GoalListOptions): Promise<GoalPage> => {
  const { statuses = OPEN } = options
  const { rows, nextCursor } = await readPage(db, options, (goals) =>
    inArray(goals.status, [...statuses]),
  )
  return { goals: rows.map(toGoal), nextCursor }
}

/** Which tree of goals to show. */
export interface GoalTreeOptions extends Omit<GoalListOptions, 'statuses'> {
  /** The goal at its root; default: all goals that serve no other, a page of them. */
  readonly goalId?: string | undefined
}

/** A goal in its tree. */
export interface GoalNode extends Goal {
  /** 0 for a root. */
  readonly depth: number
  /** The ids of the goals it serves, from the root down to itself. */
  readonly path: string[]
}

/** Goals in the order of their tree: each is followed by those that serve it. */
export interface GoalTree {
  readonly goals: GoalNode[]
  /** Where the next page of roots begins; absent on the last. */
  readonly nextCursor?: string | undefined
}

/** Goals with those that serve them, completed ones too; see `GoalMethods.goalTree`. */
export const readGoalTree = async (
  db: Database,
  { goalId, ...options }: GoalTreeOptions,
): Promise<GoalTree> => {
  const { rows, nextCursor } =
    goalId === undefined
      ? await readPage(db, options, (goals) => isNull(goals.parentId))
      : { rows: await rootOf(db, options.projectId, goalId), nextCursor: undefined }
  const under = await findDescendants(
    db,
    rows.map(({ id }) => id),
  )
  return { goals: inTreeOrder(rows, under), nextCursor }
}

const rootOf = async (db: Database, projectId: string, goalId: string): Promise<GoalRow[]> => {
  const row = await findGoal(db, goalId)
  return row?.projectId === projectId ? [row] : []
}

const inTreeOrder = (roots: readonly GoalRow[], under: readonly GoalRow[]): GoalNode[] => {
  const visit = (row: GoalRow, above: readonly string[]): GoalNode[] => {
    const path = [...above, row.id]
    const subgoals = under.filter(({ parentId }) => parentId === row.id)
    const node = { ...toGoal(row), depth: above.length, path }
    return [node, ...subgoals.flatMap((subgoal) => visit(subgoal, path))]
  }
  return roots.flatMap((root) => visit(root, []))
}

type Goals = Tables['workingGoals']

const readPage = async (
  db: Database,
  { projectId, limit = DEFAULT_LIMIT, cursor }: Omit<GoalListOptions, 'statuses'>,
  filter: (goals: Goals) => SQL | undefined,
) => {
  const { workingGoals } = db.tables
  const rows = await db.query
    .select()
    .from(workingGoals)
    .where(
      and(
        eq(workingGoals.projectId, projectId),
        filter(workingGoals),
        cursor === undefined ? undefined : after(workingGoals, cursor),
      ),
    )
    .orderBy(desc(workingGoals.priority), desc(workingGoals.id))
    .limit(limit + 1)
  return pageOf(rows, limit, ({ priority, id }) => `${priority}:${id}`)
}

const after = (goals: Goals, cursor: string): SQL | undefined => {
  const [, priority, id] = /^(\d{1,2}):(.+)$/s.exec(cursor) ?? []
  if (id === undefined) throw wrongCursor()
  const last = Number(priority)
  return or(lt(goals.priority, last), and(eq(goals.priority, last), lt(goals.id, id)))
}
