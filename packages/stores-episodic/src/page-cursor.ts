import { fromCursor } from '@athena-memory/db-core/stores'
import { and, type AnyColumn, eq, gt, lt, or, type SQL } from 'drizzle-orm'

/** The columns that a list is ordered by. */
interface PageOrder {
  readonly by: AnyColumn
  /** Whether the column holds times and not numbers; default false. */
  readonly isTime?: boolean
  readonly id: AnyColumn
}

/** What comes after a page in descending order; nothing to ask without a cursor. */
export const isBelow = (order: PageOrder, cursor: string | undefined): SQL | undefined =>
  isBeyond(order, cursor, lt)

/** What comes after a page in ascending order; nothing to ask without a cursor. */
export const isAbove = (order: PageOrder, cursor: string | undefined): SQL | undefined =>
  isBeyond(order, cursor, gt)

const isBeyond = (
  { by, id, isTime = false }: PageOrder,
  cursor: string | undefined,
  compare: (column: AnyColumn, value: unknown) => SQL,
): SQL | undefined => {
  if (cursor === undefined) return undefined
  const place = fromCursor(cursor)
  const value = isTime ? new Date(place.value) : place.value
  return or(compare(by, value), and(eq(by, value), compare(id, place.id)))
}
