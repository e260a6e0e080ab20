import { byDialect, type Database } from '@athena-memory/db-core'
import { asc, eq, gt, type SQL, sql } from 'drizzle-orm'
import { chunksOf } from '@athena-memory/db-core/stores'
import { listedRow, rowList } from './row-list.ts'
import type { DocumentDecoder, StoredDocument, StoredRow } from './stored-document.ts'

/** Documents that one statement reads. */
const BLOCK_ROWS = 1000

/** Reads the documents of these row numbers, in any order; numbers without a document are left out. */
export const readDocuments = async (
  snapshot: Database,
  decoder: DocumentDecoder,
  rowNumbers: readonly number[],
): Promise<StoredDocument[]> => {
  const { documents } = snapshot.tables
  const read: StoredDocument[] = []
  for (const chunk of chunksOf(rowNumbers)) {
    const [found] = await snapshot.query
      .select({ rows: asJson(snapshot) })
      .from(rowList(snapshot, chunk))
      .crossJoin(documents)
      .where(eq(documents.rowNumber, listedRow))
    read.push(...decodeRows(decoder, found?.rows))
  }
  return read
}

/** Reads all documents of the tenant, by row number, some at a time. */
export async function* readAllDocuments(
  snapshot: Database,
  decoder: DocumentDecoder,
): AsyncGenerator<StoredDocument[]> {
  const { query, tables } = snapshot
  const { documents } = tables
  for (let after = 0; ;) {
    const block = query
      .select(columns(tables))
      .from(documents)
      .where(gt(documents.rowNumber, after))
      .orderBy(asc(documents.rowNumber))
      .limit(BLOCK_ROWS)
      .as('documents')
    const [found] = await query.select({ rows: asJson(snapshot) }).from(block)
    const read = decodeRows(decoder, found?.rows)
    yield read
    if (read.length < BLOCK_ROWS) return
    after = read.reduce((last, { rowNumber }) => Math.max(last, rowNumber), after)
  }
}

const decodeRows = (
  decoder: DocumentDecoder,
  json: string | null | undefined,
): StoredDocument[] => {
  const rows: StoredRow[] = JSON.parse(json ?? '[]')
  return rows.map(decoder.decode)
}

const columns = ({ documents }: Database['tables']) => ({
  rowNumber: documents.rowNumber,
  projectId: documents.projectId,
  layer: documents.layer,
  kind: documents.kind,
  speaker: documents.speaker,
  role: documents.role,
  groupId: documents.groupId,
  position: documents.position,
  importance: documents.importance,
  occurredAt: documents.occurredAt,
  validFrom: documents.validFrom,
  validUntil: documents.validUntil,
  consolidationState: documents.consolidationState,
  tags: documents.tags,
  content: documents.content,
  stems: documents.stems,
  length: documents.length,
  pieces: documents.pieces,
})

/** All rows as one text: drivers take ten times as long for rows. Columns as in `StoredRow`. */
const asJson = (db: Database): SQL<string | null> =>
  byDialect(db, {
    postgres: () =>
      sql<string | null>`json_agg(json_build_array(documents.row_number, project_id, layer, kind,
        speaker, role, group_id, position, importance, ${milliseconds('occurred_at')},
        ${milliseconds('valid_from')}, ${milliseconds('valid_until')}, consolidation_state, tags,
        ${endsInQuestion('right')}, stems, length, pieces))::text`,
    sqlite: () =>
      sql<string | null>`json_group_array(json_array(documents.row_number, project_id, layer, kind,
        speaker, role, group_id, position, importance, occurred_at, valid_from, valid_until,
        consolidation_state, json(tags), ${endsInQuestion('substr')}, stems, length, pieces))`,
  })

const endsInQuestion = (last: 'right' | 'substr'): SQL =>
  sql`case when ${sql.raw(last)}(rtrim(content), ${sql.raw(last === 'right' ? '1' : '-1')}) in ('?', '？') then 1 else 0 end`

const milliseconds = (column: string): SQL =>
  sql`round(extract(epoch from ${sql.raw(column)}) * 1000)::bigint`
