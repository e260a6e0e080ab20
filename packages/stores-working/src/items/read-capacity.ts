import { count, eq } from 'drizzle-orm'
import type { StoreContext } from '../store-context.ts'
import { type Capacity, type Component, COMPONENTS } from './capacity.ts'

/** How full a component is. Every item counts, however faded. */
export interface ComponentLoad extends Capacity {
  readonly component: Component
  readonly held: number
  /** Whether one more item makes others leave, where there is a layer for them. */
  readonly isNearlyFull: boolean
  /** Whether one more item is refused where no other can leave. */
  readonly isFull: boolean
}

/** How full working memory is; see `ItemMethods.capacity`. */
export const readCapacity = async (
  { db, capacities }: StoreContext,
  projectId: string,
): Promise<ComponentLoad[]> => {
  const { workingItems } = db.tables
  const rows = await db.query
    .select({ component: workingItems.component, held: count() })
    .from(workingItems)
    .where(eq(workingItems.projectId, projectId))
    .groupBy(workingItems.component)
  return COMPONENTS.map((component) => {
    const { soft, hard } = capacities[component]
    const held = rows.find((row) => row.component === component)?.held ?? 0
    return { component, held, soft, hard, isNearlyFull: held >= soft, isFull: held >= hard }
  })
}
