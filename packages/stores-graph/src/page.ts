import { StorageError } from '@athena-memory/db-core'
import { and, type Column, eq, gt, lt, or, type SQL } from 'drizzle-orm'

/** How much of a list is wanted. */
export interface PageRequest {
  readonly limit?: number | undefined
  /** `nextCursor` of the page before. */
  readonly cursor?: string | undefined
}

/** The rows of a page, and where the next one begins; absent on the last. */
export interface CutPage<Row> {
  readonly rows: Row[]
  readonly nextCursor?: string | undefined
}

/** What a page has unless a limit is given. */
export const DEFAULT_LIMIT = 50

/** What stands behind the cursor of a list whose last rows have the smallest numbers or times, then ids. */
export const behind = (value: Column, id: Column, cursor: string | undefined): SQL | undefined => {
  if (cursor === undefined) return undefined
  const { number, id: last } = fromCursor(cursor)
  const reached = value.dataType === 'number' ? number : new Date(number)
  return or(lt(value, reached), and(eq(value, reached), lt(id, last)))
}

/** What stands behind the cursor of a list by rising ids. */
export const behindId = (id: Column, cursor: string | undefined): SQL | undefined =>
  cursor === undefined ? undefined : gt(id, fromCursor(cursor).id)

/** Cuts off what was read beyond the limit; `positionOf` is what the list is ordered by. */
export const cutPage = <Row>(
  rows: readonly Row[],
  limit: number,
  positionOf: (row: Row) => { value: Date | number; id: string },
): CutPage<Row> => {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  if (last === undefined || rows.length <= limit) return { rows: page }
  const { value, id } = positionOf(last)
  return { rows: page, nextCursor: `${Number(value)}:${id}` }
}

const fromCursor = (cursor: string): { number: number; id: string } => {
  const [, value, id] = /^([^:]+):(.+)$/s.exec(cursor) ?? []
  const number = Number(value)
  // The farthest time that a date can hold.
  if (id !== undefined && Math.abs(number) <= 8.64e15) return { number, id }
  throw new StorageError('invalid', { detail: 'cursor must be the nextCursor of a page before' })
}
