import type { Database } from '@athena-memory/db-core'
import type { MetaReaders } from './readers.ts'

/** What the parts of the store work with. */
export interface StoreContext {
  readonly db: Database
  readonly readers: MetaReaders
  readonly now: () => Date
  readonly newId: () => string
}
