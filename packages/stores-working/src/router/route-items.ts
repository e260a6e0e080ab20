import { inArray } from 'drizzle-orm'
import { toItem } from '../items/item.ts'
import { findParts } from '../items/item-parts.ts'
import type { StoreContext } from '../store-context.ts'
import { decideRoute } from './decide.ts'
import { insertRoutes, toRouteDraft } from './record-route.ts'
import { type Route, toRoute } from './route.ts'
import type { TrainedRouter } from './router-model.ts'

/** Says where items should go, without moving them; see `RouterMethods.routeBatch`. */
export const routeItems = async (
  { db, readModel, now, newId }: StoreContext,
  itemIds: readonly string[],
): Promise<Route[]> => {
  const { workingItems } = db.tables
  const chosen = [...new Set(itemIds)]
  const found = await db.query.select().from(workingItems).where(inArray(workingItems.id, chosen))
  const at = now()
  const items = chosen.flatMap((id) => {
    const row = found.find((candidate) => candidate.id === id)
    return row ? [toItem(row, at)] : []
  })
  if (items.length === 0) return []
  const parts = await findParts(db, chosen)
  const routers = new Map<string, TrainedRouter | undefined>()
  for (const projectId of new Set(items.map((item) => item.projectId))) {
    routers.set(projectId, await readModel(db, projectId))
  }
  const drafts = items.map((item) => {
    const decision = decideRoute(item, { router: routers.get(item.projectId), at })
    return toRouteDraft(item, decision, { id: newId(), at, parts: parts.get(item.id) ?? [] })
  })
  const rows = await db.transaction((tx) => insertRoutes(tx, drafts))
  return rows.map(toRoute)
}
