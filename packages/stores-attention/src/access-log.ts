import { checkItem, checkShares } from '@athena-memory/db-core/stores'
import type { Tables } from '@athena-memory/db-core'
import type { ActiveItem } from './active-item.ts'
import type { StoreContext } from './store-context.ts'

/** What was done with an item. `prime` is none of these: nobody looked at what is only primed. */
export const ACCESS_KINDS = ['read', 'update', 'consolidate', 'search'] as const
export type AccessKind = (typeof ACCESS_KINDS)[number]

/** Items that were active at the same moment. */
export interface NewAccesses {
  readonly projectId: string
  readonly items: readonly ActiveItem[]
  /** Default `read`. */
  readonly kind?: AccessKind | undefined
  /** Whose thoughts these are: only what is active in the same session is associated. */
  readonly sessionId?: string | undefined
  /** Default now. */
  readonly accessedAt?: Date | undefined
}

export type AccessRow = Tables['accessLog']['$inferSelect']

/** Notes that items were active; see `AttentionStore.recordAccess`. How many there were. */
export const logAccesses = async (
  { db, now, newId }: StoreContext,
  given: Omit<NewAccesses, 'kind'> & { readonly kind: AccessKind | 'prime' },
): Promise<number> => {
  const at = now()
  const { projectId, sessionId, kind, accessedAt = at } = given
  const shared = {
    projectId,
    sessionId,
    accessKind: kind,
    accessedAt,
    createdAt: at,
    updatedAt: at,
  }
  const rows = given.items.map((item) => {
    const { layer, id: itemId, activation = 1 } = item
    checkItem('items', item)
    checkShares({ activation })
    return { ...shared, id: newId(), layer, itemId, activation }
  })
  return db.insertRows(db.tables.accessLog, rows)
}
