import type { Database } from '@athena-memory/db-core'
import { chunksOf } from '@athena-memory/db-core/stores'
import { count, inArray, type SQL, sql } from 'drizzle-orm'

/** What results show of a document besides what is kept of it for searching. */
export interface ResultText {
  readonly sourceId: string
  readonly content: string
}

/** Texts by row number; rows without a document are absent. */
export type ResultTexts = Pick<ReadonlyMap<number, ResultText>, 'get'>

/** Reads the texts of these documents. */
export const readTexts = async (
  snapshot: Database,
  rowNumbers: readonly number[],
): Promise<Map<number, ResultText>> => {
  const { rowNumber } = snapshot.tables.documents
  const texts = new Map<number, ResultText>()
  for (const chunk of chunksOf(rowNumbers)) {
    for (const [row, text] of await readWhere(snapshot, inArray(rowNumber, chunk)))
      texts.set(row, text)
  }
  return texts
}

/** Reads the texts of all documents, where these are at most so many, and so many characters. */
export const readFewTexts = async (
  snapshot: Database,
  most: { readonly documents: number; readonly characters: number },
): Promise<Map<number, ResultText> | undefined> => {
  const { query, tables } = snapshot
  const [all] = await query
    .select({ documents: count(), characters: sql`sum(length(content))`.mapWith(Number) })
    .from(tables.documents)
  const isFew = all && all.documents <= most.documents && all.characters <= most.characters
  return isFew ? readWhere(snapshot, undefined) : undefined
}

const readWhere = async (
  { query, tables: { documents } }: Database,
  condition: SQL | undefined,
): Promise<Map<number, ResultText>> => {
  const { rowNumber, sourceId, content } = documents
  const rows = await query.select({ rowNumber, sourceId, content }).from(documents).where(condition)
  return new Map(rows.map(({ rowNumber: row, ...text }) => [row, text]))
}
