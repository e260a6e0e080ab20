import type { StoreContext } from '../store-context.ts'
import { type Feedback, type FeedbackOutcome, giveFeedback } from './give-feedback.ts'
import { listRoutes, type RouteListOptions, type RoutePage } from './list-routes.ts'
import { routeItems } from './route-items.ts'
import { readRouteStats, type RouteStats } from './route-stats.ts'
import type { Route } from './route.ts'
import type { RouterModel } from './router-model.ts'
import { trainRouter } from './train-router.ts'

/** Where items go, and how that is learned. */
export interface RouterMethods {
  /** Says to which layer an item should go, and records it; nothing is moved. */
  route(itemId: string): Promise<Route | undefined>
  /** The same for many, in their order; unknown ids are left out. */
  routeBatch(itemIds: readonly string[]): Promise<Route[]>
  /** The newest first. */
  listRoutes(options: RouteListOptions): Promise<RoutePage>
  /**
   * Notes whether a route was right. The feedback that makes enough of them trains the first model.
   *
   * @throws StorageError `invalid` where `correctLayer` contradicts `wasCorrect`
   */
  feedback(routeId: string, feedback: Feedback): Promise<FeedbackOutcome>
  /**
   * Makes a new model of the newest routes with a known layer. It decides from then on, also in other
   * processes. Takes seconds for some hundred routes.
   *
   * @throws StorageError `conflict` with too few routes, or routes of one layer only
   */
  train(projectId: string): Promise<RouterModel>
  /** How the router has done, counted from its records. */
  stats(projectId: string): Promise<RouteStats>
}

/** Where items go, over a store's parts. */
export const createRouterMethods = (store: StoreContext): RouterMethods => ({
  route: async (itemId) => (await routeItems(store, [itemId]))[0],
  routeBatch: (itemIds) => routeItems(store, itemIds),
  listRoutes: (options) => listRoutes(store.db, options),
  feedback: (routeId, feedback) => giveFeedback(store, routeId, feedback),
  train: (projectId) => trainRouter(store, projectId),
  stats: (projectId) => readRouteStats(store.db, projectId),
})
