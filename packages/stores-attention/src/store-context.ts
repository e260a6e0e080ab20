import type { Database } from '@athena-memory/db-core'

/** What the parts of the store work with. */
export interface StoreContext {
  readonly db: Database
  readonly now: () => Date
  readonly newId: () => string
}

export const DAY_MS = 86_400_000
