import { StorageError } from '../storage-error.ts'
import { and, type Column, eq, lt, or, type SQL } from 'drizzle-orm'

/** Which part of a list. */
export interface PageOptions {
  /** Default 20. */
  readonly limit?: number | undefined
  /** `nextCursor` of the page before. */
  readonly cursor?: string | undefined
}

export const DEFAULT_LIMIT = 20

/** Where a page ends: the value that the list is ordered by, and the id that tells equals apart. */
export interface Place {
  readonly value: number
  readonly id: string
}

/** A place as text. */
export const toCursor = ({ value, id }: Place): string => `${value}:${id}`

/** The page of rows that were read with one more than `limit`, and where the next one begins. */
export const cutPage = <Row>(
  rows: readonly Row[],
  limit: number,
  placeOf: (row: Row) => Place,
): { page: Row[]; nextCursor: string | undefined } => {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const place = last !== undefined && rows.length > limit ? placeOf(last) : undefined
  return { page, nextCursor: place && toCursor(place) }
}

/**
 * The place that a cursor stands for.
 *
 * @throws StorageError `invalid` for anything but a cursor of a page
 */
export const fromCursor = (cursor: string): Place => {
  const [, value, id] = /^(-?\d[^:\s]*):(.+)$/s.exec(cursor) ?? []
  if (id !== undefined && Number.isFinite(Number(value))) return { value: Number(value), id }
  throw new StorageError('invalid', { detail: 'cursor must be the nextCursor of a page before' })
}

/** What comes after a place in descending order. */
export const beyond = (
  { column, id }: { readonly column: Column; readonly id: Column },
  value: number | Date,
  lastId: string,
): SQL | undefined => or(lt(column, value), and(eq(column, value), lt(id, lastId)))
