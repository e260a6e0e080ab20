import { StorageError } from '@athena-memory/db-core'
import { and, type AnyColumn, eq, gt, lt, or, type SQL } from 'drizzle-orm'

/** Where a page ended: the number it is ordered by, and the id that tells equal numbers apart. */
export interface PagePlace {
  readonly value: number
  readonly id: string
}

/** A place as text. */
export const toCursor = ({ value, id }: PagePlace): string => `${value}:${id}`

/** The place that a text stands for. */
export const fromCursor = (cursor: string): PagePlace => {
  const [, value = '', id = ''] = /^(-?\d[^:\s]*):(.+)$/s.exec(cursor) ?? []
  const place = { value: Number(value), id }
  if (id !== '' && Number.isFinite(place.value)) return place
  throw new StorageError('invalid', { detail: 'cursor must be the nextCursor of a page before' })
}

/**
 * The page of a list that was read with one row more than the page holds, and where the next begins:
 * undefined on the last.
 */
export const cutPage = <Row>(
  rows: readonly Row[],
  limit: number,
  placeOf: (row: Row) => PagePlace,
): { page: Row[]; nextCursor: string | undefined } => {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const hasMore = last !== undefined && rows.length > limit
  return { page, nextCursor: hasMore ? toCursor(placeOf(last)) : undefined }
}

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
