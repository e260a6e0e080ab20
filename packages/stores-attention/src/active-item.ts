import type { ItemRef } from '@athena-memory/db-core/stores'

/** An item and how active it is. */
export interface ActiveItem extends ItemRef {
  /** From 0 to 1; default 1. */
  readonly activation?: number | undefined
}
