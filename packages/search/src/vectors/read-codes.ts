import { byDialect, type Database } from '@athena-memory/db-core'
import { chunksOf } from '@athena-memory/db-core/stores'
import { asc, eq, gt, inArray, type SQL, sql } from 'drizzle-orm'
import { listedRow, rowList } from '../documents/row-list.ts'
import type { CodedRow } from './code-table.ts'
import { codeBytes, toWords } from './sign-bits.ts'

/** Embeddings read at a time when a space is loaded. */
const BLOCK_ROWS = 5000

/** A space, as far as its codes are concerned. */
export interface CodedSpace {
  readonly id: string
  readonly dimensions: number
}

/** An embedding's code, and whose it is. */
export interface Coded {
  readonly row: CodedRow
  readonly code: Uint32Array
}

/** Reads all codes of a space, some at a time. */
export async function* readAllCodes(
  snapshot: Database,
  space: CodedSpace,
): AsyncGenerator<Coded[]> {
  for (let after: number | undefined = 0; after !== undefined;) {
    const block = await readBlock(snapshot, space, blockAfter(snapshot, after))
    yield block.coded
    after = block.last
  }
}

/** Reads the codes of changed rows, as `readEmbeddingChanges` names them; those without any are left out. */
export const readChangedCodes = async (
  snapshot: Database,
  space: CodedSpace,
  rowNumbers: readonly number[],
): Promise<Coded[]> => {
  const coded: Coded[] = []
  for (const chunk of chunksOf(rowNumbers)) {
    coded.push(...(await readBlock(snapshot, space, changedBlock(snapshot, chunk))).coded)
  }
  return coded
}

/** A relation with the columns `row_number`, `document_row`, `space_id` and `bits`. */
type Block = SQL

const blockAfter = (db: Database, after: number): Block => {
  const { embeddings } = db.tables
  const rows = selectCodes(db)
    .where(gt(embeddings.rowNumber, after))
    .orderBy(asc(embeddings.rowNumber))
    .limit(BLOCK_ROWS)
  return sql`(${rows}) as block`
}

const changedBlock = (db: Database, rowNumbers: readonly number[]): Block => {
  const { documents, embeddings } = db.tables
  return byDialect(db, {
    sqlite: () => {
      const rows = selectCodes(db).where(inArray(embeddings.rowNumber, [...rowNumbers]))
      return sql`(${rows}) as block`
    },
    // One lookup within the other: without statistics joins are planned as if there were few rows.
    postgres: () => {
      const documentId = db.query
        .select({ id: documents.id })
        .from(documents)
        .where(eq(documents.rowNumber, listedRow))
      const rows = selectCodes(db).where(eq(embeddings.documentId, documentId))
      return sql`${rowList(db, rowNumbers)} cross join lateral (${rows} offset 0) as block`
    },
  })
}

const selectCodes = (db: Database) => {
  const { documents, embeddings } = db.tables
  const { rowNumber, documentId, spaceId, bits } = embeddings
  return byDialect(db, {
    sqlite: () =>
      db.query
        .select({
          rowNumber,
          // By a name of its own: both columns have the same.
          documentRow: sql`${documents.rowNumber}`.as('document_row'),
          spaceId,
          bits,
        })
        .from(embeddings)
        .innerJoin(documents, eq(documents.id, documentId))
        .$dynamic(),
    postgres: () =>
      db.query
        .select({ rowNumber, documentRow: sql`document_row`.as('document_row'), spaceId, bits })
        .from(embeddings)
        .$dynamic(),
  })
}

/** Codes of a block, and its last row number; absent where it has none. */
const readBlock = async (
  db: Database,
  { id, dimensions }: CodedSpace,
  block: Block,
): Promise<{ coded: Coded[]; last: number | undefined }> => {
  // The space is no condition of a block: its index would seem to find as few rows as a row number.
  const isCoded = sql`block.space_id = ${id}`
  // As one text: drivers take ten times as long for rows.
  const joined = (column: string) => {
    const name = sql.raw(`block.${column}`)
    return byDialect(db, {
      sqlite: () => sql<string | null>`group_concat(${name}) filter (where ${isCoded})`,
      postgres: () => sql<string | null>`string_agg(${name}::text, ',') filter (where ${isCoded})`,
    })
  }
  const bits = byDialect(db, {
    sqlite: () => sql<string | null>`group_concat(hex(block.bits), '') filter (where ${isCoded})`,
    postgres: () =>
      sql<
        string | null
      >`encode(string_agg(block.bits, ''::bytea) filter (where ${isCoded}), 'hex')`,
  })
  const [found] = await db.query
    .select({
      last: sql<number | string | null>`max(block.row_number)`,
      rows: joined('row_number'),
      documents: joined('document_row'),
      bits,
    })
    .from(block)
  const last = found?.last === null || found?.last === undefined ? undefined : Number(found.last)
  if (!found?.rows) return { coded: [], last }
  const documentRows = found.documents?.split(',').map(Number) ?? []
  const codes = toWords(Buffer.from(found.bits ?? '', 'hex'))
  const words = codeBytes(dimensions) / 4
  const coded = found.rows.split(',').map((rowNumber, at) => ({
    row: { rowNumber: Number(rowNumber), documentRow: documentRows[at] ?? 0 },
    code: codes.subarray(at * words, (at + 1) * words),
  }))
  return { coded, last }
}
