import { StorageError } from '@athena-memory/db-core'
import { eq } from 'drizzle-orm'
import type { StoreContext } from '../store-context.ts'
import type { RoutedLayer } from './layers.ts'
import { type Route, toRoute } from './route.ts'
import type { RouterModel } from './router-model.ts'
import { trainFirst } from './train-router.ts'

/** Whether the router was right about an item. */
export interface Feedback {
  readonly wasCorrect: boolean
  /** Where the item belongs, if the router was wrong. Without it, the route trains nothing. */
  readonly correctLayer?: RoutedLayer | undefined
}

/** What became of feedback. */
export interface FeedbackOutcome {
  /** Absent where there is no such route. */
  readonly route?: Route | undefined
  /** The project's first model, where this feedback was what it was waiting for. */
  readonly trained?: RouterModel | undefined
}

/** Notes whether a route was right; see `RouterMethods.feedback`. */
export const giveFeedback = async (
  store: StoreContext,
  routeId: string,
  feedback: Feedback,
): Promise<FeedbackOutcome> => {
  const route = await noteFeedback(store, routeId, feedback)
  if (!route) return {}
  return { route, trained: await trainFirst(store, route.projectId) }
}

const noteFeedback = (
  { db, now }: StoreContext,
  routeId: string,
  { wasCorrect, correctLayer }: Feedback,
): Promise<Route | undefined> =>
  db.transaction(async (tx) => {
    const { routes } = tx.tables
    const at = now()
    const [row] = await tx.query.select().from(routes).where(eq(routes.id, routeId)).limit(1)
    if (!row) return undefined
    const contradicts =
      correctLayer !== undefined && wasCorrect !== (correctLayer === row.targetLayer)
    if (contradicts) {
      const should = wasCorrect ? 'be left out or be' : 'be another layer than'
      const detail = `correctLayer must ${should} ${row.targetLayer}, which was the target`
      throw new StorageError('invalid', { detail })
    }
    const right = wasCorrect ? row.targetLayer : (correctLayer ?? null)
    const [changed] = await tx.query
      .update(routes)
      .set({ wasCorrect, correctLayer: right, feedbackAt: at, updatedAt: at })
      .where(eq(routes.id, routeId))
      .returning()
    return changed && toRoute(changed)
  })
