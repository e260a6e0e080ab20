import { type Database, StorageError } from '@athena-memory/db-core'
import { guardFields } from '@athena-memory/db-core/secrets'
import { eq, inArray } from 'drizzle-orm'
import { WORKING_LAYER } from '../items/item.ts'
import type { StoreContext } from '../store-context.ts'
import { findDescendants, findGoal, MAX_GOAL_DEPTH } from './find-goals.ts'
import { completion, type Goal, type GoalChanges, type GoalType, toGoal } from './goal.ts'

/** Something to aim at. */
export interface NewGoal {
  readonly projectId: string
  /** At most 10,000 characters. */
  readonly content: string
  /** Default: `subgoal` under a parent, else `primary`. */
  readonly goalType?: GoalType | undefined
  /** The goal that this one serves, of the same project and not completed. */
  readonly parentId?: string | undefined
  /** From 1 to 10, the most urgent; default 5. */
  readonly priority?: number | undefined
  /** By what one sees that it is reached. */
  readonly completionCriteria?: string | undefined
  readonly dueAt?: Date | undefined
}

const DEFAULT_PRIORITY = 5

/** Sets a goal; see `GoalMethods.setGoal`. */
export const setGoal = async (store: StoreContext, given: NewGoal): Promise<Goal> => {
  const { db, documents, now, newId } = store
  checkGoal(given)
  const { projectId, parentId, priority = DEFAULT_PRIORITY } = given
  const { content, completionCriteria } = withoutSecrets(store, given)
  const at = now()
  const id = newId()
  const input = { layer: WORKING_LAYER, sourceId: id, projectId, content, kind: 'goal' }
  const prepared = await documents.prepare([{ ...input, occurredAt: at }])
  return db.transaction(async (tx) => {
    if (parentId !== undefined) await assertParent(tx, { projectId, parentId })
    const [row] = await tx.query
      .insert(tx.tables.workingGoals)
      .values({
        id,
        projectId,
        parentId,
        content,
        goalType: given.goalType ?? (parentId === undefined ? 'primary' : 'subgoal'),
        priority,
        status: 'active',
        progress: 0,
        completionCriteria,
        dueAt: given.dueAt,
        createdAt: at,
        updatedAt: at,
      })
      .returning()
    if (!row) throw new StorageError('busy')
    await documents.put(tx, prepared)
    return toGoal(row)
  })
}

const withoutSecrets = ({ secretPolicy }: StoreContext, { content, completionCriteria }: NewGoal) =>
  guardFields({ content, completionCriteria }, secretPolicy).fields

const MAX_CONTENT_LENGTH = 10_000

const checkGoal = ({ content, priority = DEFAULT_PRIORITY }: NewGoal): void => {
  if (content.replaceAll('\0', '').trim() === '') throw invalid('content must not be empty')
  if (content.length > MAX_CONTENT_LENGTH) {
    throw invalid(`content must have at most ${MAX_CONTENT_LENGTH} characters`)
  }
  const isPriority = Number.isInteger(priority) && priority >= 1 && priority <= 10
  if (!isPriority) throw invalid('priority must be an integer from 1 to 10')
}

const invalid = (detail: string): StorageError => new StorageError('invalid', { detail })

const assertParent = async (
  tx: Database,
  { projectId, parentId }: { projectId: string; parentId: string },
): Promise<void> => {
  const parent = await findGoal(tx, parentId)
  if (parent?.projectId !== projectId) {
    const detail = 'parentId must be a goal of the project'
    throw new StorageError('missing-reference', { detail })
  }
  if (parent.status === 'completed') throw invalid('parentId must be a goal that is not completed')
  let above = parent.parentId
  for (let depth = 2; above !== null; depth += 1) {
    if (depth >= MAX_GOAL_DEPTH) {
      throw invalid(`parentId must be a goal at most ${MAX_GOAL_DEPTH - 1} levels deep`)
    }
    above = (await findGoal(tx, above))?.parentId ?? null
  }
}

/** Changes one goal by what it is; absent where there is none. */
export const changeGoal = (
  { db, now }: StoreContext,
  id: string,
  changesOf: (goal: Goal, at: Date) => GoalChanges,
): Promise<Goal | undefined> =>
  db.transaction(async (tx) => {
    const at = now()
    const row = await findGoal(tx, id)
    if (!row) return undefined
    const { workingGoals } = tx.tables
    const [changed] = await tx.query
      .update(workingGoals)
      .set({ ...changesOf(toGoal(row), at), updatedAt: at })
      .where(eq(workingGoals.id, id))
      .returning()
    return changed && toGoal(changed)
  })

/** Completes a goal, and with `cascade` all that serve it; see `GoalMethods.completeGoal`. */
export const completeGoal = (
  { db, now }: StoreContext,
  id: string,
  { cascade = false }: { cascade?: boolean | undefined },
): Promise<Goal[]> =>
  db.transaction(async (tx) => {
    const at = now()
    const row = await findGoal(tx, id)
    if (!row) return []
    const under = cascade ? await findDescendants(tx, [id]) : []
    const open = [row, ...under].filter(({ status }) => status !== 'completed')
    const { workingGoals } = tx.tables
    const changed = await tx.query
      .update(workingGoals)
      .set({ ...completion(at), updatedAt: at })
      .where(
        inArray(
          workingGoals.id,
          open.map((goal) => goal.id),
        ),
      )
      .returning()
    const byId = new Map(changed.map((goal) => [goal.id, goal]))
    return open.flatMap((goal) => byId.get(goal.id) ?? []).map(toGoal)
  })
