import { StorageError } from '@athena-memory/db-core'

/** Rows of a page, and where the next begins. */
export interface Page<Row> {
  readonly rows: Row[]
  readonly nextCursor?: string | undefined
}

/** A page of rows of which one more than the limit was read, if there were so many. */
export const pageOf = <Row>(
  rows: readonly Row[],
  limit: number,
  toCursor: (last: Row) => string,
): Page<Row> => {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const nextCursor = last !== undefined && rows.length > limit ? toCursor(last) : undefined
  return { rows: page, nextCursor }
}

/** What is said of a cursor that no page gave. */
export const wrongCursor = (): StorageError =>
  new StorageError('invalid', { detail: 'cursor must be the nextCursor of a page before' })
