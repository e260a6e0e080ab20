import type { Database } from '@athena-memory/db-core'
import { count, eq, sql } from 'drizzle-orm'
import { findModel, type RouterModel } from './router-model.ts'

/** How the router has done in a project, counted from its records. */
export interface RouteStats {
  /** Decisions, and those of them that moved an item. */
  readonly routes: number
  readonly moved: number
  /** Moves to another layer than the router's: it takes nothing in, or the caller wanted another. */
  readonly redirected: number
  /** Decisions with feedback, and those of them that were right. */
  readonly labelled: number
  readonly correct: number
  /** `correct` / `labelled`; absent without feedback. */
  readonly accuracy?: number | undefined
  /** Mean, from 0 to 1; absent without decisions. */
  readonly confidence?: number | undefined
  /** Decisions by the layer decided on, moves by the layer they went to, decisions by who decided. */
  readonly byTarget: Record<string, number>
  readonly byActual: Record<string, number>
  readonly byMethod: Record<string, number>
  /** The model in use; absent while rules decide. */
  readonly model?: RouterModel | undefined
}

/** How the router has done; see `RouterMethods.stats`. */
export const readRouteStats = (db: Database, projectId: string): Promise<RouteStats> =>
  db.read(async (snapshot) => {
    const groups = await countRoutes(snapshot, projectId)
    const sumOf = (isCounted: (group: Group) => boolean) =>
      groups.filter(isCounted).reduce((sum, group) => sum + group.routes, 0)
    const labelled = sumOf(({ wasCorrect }) => wasCorrect !== null)
    const correct = sumOf(({ wasCorrect }) => wasCorrect === true)
    const routes = sumOf(() => true)
    const confidence = groups.reduce((sum, group) => sum + group.confidence, 0)
    return {
      routes,
      moved: sumOf(({ actual }) => actual !== null),
      redirected: sumOf(({ actual, target }) => actual !== null && actual !== target),
      labelled,
      correct,
      accuracy: labelled === 0 ? undefined : correct / labelled,
      confidence: routes === 0 ? undefined : confidence / routes,
      byTarget: tally(groups, ({ target }) => target),
      byActual: tally(groups, ({ actual }) => actual),
      byMethod: tally(groups, ({ method }) => method),
      model: await findModel(snapshot, projectId),
    }
  })

type Group = Awaited<ReturnType<typeof countRoutes>>[number]

const countRoutes = ({ query, tables: { routes } }: Database, projectId: string) => {
  const { targetLayer, actualLayer, method, wasCorrect } = routes
  return query
    .select({
      target: targetLayer,
      actual: actualLayer,
      method,
      wasCorrect,
      routes: count(),
      confidence: sql`sum(${routes.confidence})`.mapWith(Number),
    })
    .from(routes)
    .where(eq(routes.projectId, projectId))
    .groupBy(targetLayer, actualLayer, method, wasCorrect)
}

const tally = (
  groups: readonly Group[],
  nameOf: (group: Group) => string | null,
): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const group of groups) {
    const name = nameOf(group)
    if (name !== null) counts[name] = (counts[name] ?? 0) + group.routes
  }
  return counts
}
