import { StorageError } from '@athena-memory/db-core'
import { and, type Column, eq, lt, or, type SQL } from 'drizzle-orm'

/** Which part of a list to give. */
export interface PageOptions {
  readonly limit?: number | undefined
  /** `nextCursor` of the page before. */
  readonly cursor?: string | undefined
}

/** The columns that a list is ordered by, the latest first; ids tell equal times apart. */
export interface TimeOrder {
  readonly time: Column
  readonly id: Column
}

/** What comes after the last row of the page before. */
export const afterCursor = (
  { time, id }: TimeOrder,
  cursor: string | undefined,
): SQL | undefined => {
  if (cursor === undefined) return undefined
  const [, at, lastId] = /^(-?\d+):(.+)$/s.exec(cursor) ?? []
  const lastTime = new Date(Number(at))
  if (lastId === undefined || Number.isNaN(lastTime.getTime())) throw unknownCursor()
  return or(lt(time, lastTime), and(eq(time, lastTime), lt(id, lastId)))
}

/** Cuts one row more than was wanted down to a page, and says where the next begins. */
export const toPage = <Row extends { readonly id: string }>(
  rows: readonly Row[],
  limit: number,
  timeOf: (row: Row) => Date,
): { rows: Row[]; nextCursor?: string | undefined } => {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const hasMore = last !== undefined && rows.length > limit
  return { rows: page, nextCursor: hasMore ? `${timeOf(last).getTime()}:${last.id}` : undefined }
}

/** The error for a cursor that no page gave. */
export const unknownCursor = (): StorageError =>
  new StorageError('invalid', { detail: 'cursor must be the nextCursor of a page before' })
