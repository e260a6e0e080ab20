import { byDialect, type Database } from '@athena-memory/db-core'
import { chunksOf } from '@athena-memory/db-core/stores'
import { and, asc, eq, gt, inArray, type SQL, sql } from 'drizzle-orm'
import { ofListedDocument, rowList, toNumbers } from '../documents/row-list.ts'
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
  for (let after = 0; ;) {
    const block = await readBlock(snapshot, space, blockAfter(snapshot, space, after))
    yield block
    if (block.length < BLOCK_ROWS) return
    after = block.reduce((last, { row }) => Math.max(last, row.rowNumber), after)
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
    coded.push(...(await readBlock(snapshot, space, changedBlock(snapshot, space, chunk))))
  }
  return coded
}

/** A relation `block` with the columns `row_number`, `document_row` and `bits`. */
type Block = SQL

const blockAfter = (db: Database, { id }: CodedSpace, after: number): Block => {
  const { rowNumber, spaceId } = db.tables.embeddings
  const rows = selectCodes(db)
    .where(and(eq(spaceId, id), gt(rowNumber, after)))
    .orderBy(asc(rowNumber))
    .limit(BLOCK_ROWS)
  return sql`(${rows}) as block`
}

const changedBlock = (db: Database, { id }: CodedSpace, rowNumbers: readonly number[]): Block => {
  const { rowNumber, spaceId } = db.tables.embeddings
  return byDialect(db, {
    sqlite: () => {
      const isChanged = and(eq(spaceId, id), inArray(rowNumber, [...rowNumbers]))
      return sql`(${selectCodes(db).where(isChanged)}) as block`
    },
    postgres: () => {
      const rows = selectCodes(db).where(ofListedDocument(db, id))
      return sql`${rowList(db, rowNumbers)} cross join lateral (${rows} offset 0) as block`
    },
  })
}

const selectCodes = (db: Database) => {
  const { documents, embeddings } = db.tables
  const { rowNumber, documentId, bits } = embeddings
  return byDialect(db, {
    sqlite: () =>
      db.query
        // By a name of its own: both columns have the same.
        .select({ rowNumber, documentRow: sql`${documents.rowNumber}`.as('document_row'), bits })
        .from(embeddings)
        .innerJoin(documents, eq(documents.id, documentId))
        .$dynamic(),
    postgres: () =>
      db.query
        .select({ rowNumber, documentRow: sql`document_row`.as('document_row'), bits })
        .from(embeddings)
        .$dynamic(),
  })
}

/** Reads a block as one text: drivers take ten times as long for rows. */
const readBlock = async (
  db: Database,
  { dimensions }: CodedSpace,
  block: Block,
): Promise<Coded[]> => {
  const joined = byDialect(db, {
    sqlite: () => ({
      rows: sql<string | null>`group_concat(block.row_number)`,
      documents: sql<string | null>`group_concat(block.document_row)`,
      bits: sql<string | null>`group_concat(hex(block.bits), '')`,
    }),
    postgres: () => ({
      rows: sql<string | null>`string_agg(block.row_number::text, ',')`,
      documents: sql<string | null>`string_agg(block.document_row::text, ',')`,
      bits: sql<string | null>`encode(string_agg(block.bits, ''::bytea), 'hex')`,
    }),
  })
  const [found] = await db.query.select(joined).from(block)
  const documentRows = toNumbers(found?.documents)
  const codes = toWords(Buffer.from(found?.bits ?? '', 'hex'))
  const words = codeBytes(dimensions) / 4
  return toNumbers(found?.rows).map((rowNumber, at) => ({
    row: { rowNumber, documentRow: documentRows[at] ?? 0 },
    code: codes.subarray(at * words, (at + 1) * words),
  }))
}
