import type { Database, Tables } from '@athena-memory/db-core'
import { and, desc, eq, isNotNull, isNull, lt, or, type SQL } from 'drizzle-orm'
import { pageOf, wrongCursor } from '../page.ts'
import { type Route, toRoute } from './route.ts'

/** Which routes to list. */
export interface RouteListOptions {
  readonly projectId: string
  readonly itemId?: string | undefined
  /** Only those with feedback, or only those without; default both. */
  readonly hasFeedback?: boolean | undefined
  /** Default 20. */
  readonly limit?: number | undefined
  /** `nextCursor` of the page before. */
  readonly cursor?: string | undefined
}

/** A page of routes. */
export interface RoutePage {
  readonly routes: Route[]
  /** Where the next page begins; absent on the last. */
  readonly nextCursor?: string | undefined
}

const DEFAULT_LIMIT = 20

/** Decisions of the router, the newest first; see `RouterMethods.listRoutes`. */
export const listRoutes = async (db: Database, options: RouteListOptions): Promise<RoutePage> => {
  const { routes } = db.tables
  const { projectId, itemId, hasFeedback, limit = DEFAULT_LIMIT, cursor } = options
  const feedback = hasFeedback ? isNotNull(routes.wasCorrect) : isNull(routes.wasCorrect)
  const found = await db.query
    .select()
    .from(routes)
    .where(
      and(
        eq(routes.projectId, projectId),
        itemId === undefined ? undefined : eq(routes.itemId, itemId),
        hasFeedback === undefined ? undefined : feedback,
        cursor === undefined ? undefined : after(routes, cursor),
      ),
    )
    .orderBy(desc(routes.routedAt), desc(routes.id))
    .limit(limit + 1)
  const page = pageOf(found, limit, ({ routedAt, id }) => `${routedAt.getTime()}:${id}`)
  return { routes: page.rows.map(toRoute), nextCursor: page.nextCursor }
}

const after = (routes: Tables['routes'], cursor: string): SQL | undefined => {
  const [, time, id] = /^(\d{1,15}):(.+)$/s.exec(cursor) ?? []
  if (id === undefined) throw wrongCursor()
  const at = new Date(Number(time))
  return or(lt(routes.routedAt, at), and(eq(routes.routedAt, at), lt(routes.id, id)))
}
