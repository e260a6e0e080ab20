import type { Database } from '@athena-memory/db-core'
import type { MetaReaders } from './readers.ts'

/** What the parts of the store work with. */
export interface StoreContext {
  readonly db: Database
  readonly readers: MetaReaders
  readonly now: () => Date
  readonly newId: () => string
}

/** Rows that one statement writes. */
const CHUNK_ROWS = 500

/** Cuts a list into consecutive parts that one statement can take. */
export const chunksOf = <Item>(items: readonly Item[], size = CHUNK_ROWS): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
