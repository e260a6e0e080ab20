import type { Database } from '@athena-memory/db-core'
import { and, asc, eq, gt, inArray, type SQL, sql } from 'drizzle-orm'
import { chunksOf } from '@athena-memory/db-core/stores'
import { readLogBounds } from '../documents/log-bounds.ts'
import { type CodedRow, type CodeTable, createCodeTable } from './code-table.ts'
import { readLogAfter } from './embedding-log.ts'
import { codeBytes, toWords } from './sign-bits.ts'

/** Embeddings read at a time when a space is loaded. */
const BLOCK_ROWS = 5000

/** A space, as far as its codes are concerned. */
export interface CodedSpace {
  readonly id: string
  readonly dimensions: number
}

/** The codes of one space of a libSQL file, in memory. */
export interface CodeCache {
  /**
   * Row numbers of documents by how near their codes are to `code`, nearest first, exactly as the
   * snapshot has them, whichever process wrote them.
   */
  rank(snapshot: Database, code: Uint32Array): Promise<RankedCodes>
  /** The embeddings of these documents. */
  ofDocuments(snapshot: Database, documentRows: readonly number[]): Promise<CodedRow[]>
}

/** Documents by their codes, and how many codes there are to choose from. */
export interface RankedCodes {
  readonly first: (limit: number) => number[]
  readonly size: number
}

interface Loaded {
  readonly codes: CodeTable
  readonly sequence: number
}

/** A cache that loads on first use and then follows the embedding log. */
export const createCodeCache = (space: CodedSpace): CodeCache => {
  let loaded: Loaded | undefined
  // One search at a time moves the codes on; the snapshot of another may be older or newer.
  let turn: Promise<unknown> = Promise.resolve()

  const follow = async (snapshot: Database): Promise<CodeTable> => {
    const { first, last } = (await readLogBounds(snapshot)).embeddings
    const known = loaded
    // An older snapshot, or a log that no longer holds all that was missed, is read from the start.
    if (known === undefined || last < known.sequence || first > known.sequence + 1) {
      const codes = await loadCodes(snapshot, space)
      if (known === undefined || last > known.sequence) loaded = { codes, sequence: last }
      return codes
    }
    if (last > known.sequence) {
      loaded = undefined
      await applyLog(snapshot, known, space)
      loaded = { codes: known.codes, sequence: last }
    }
    return known.codes
  }

  const inTurn = <T>(snapshot: Database, look: (codes: CodeTable) => T): Promise<T> => {
    const looked = turn.then(async () => look(await follow(snapshot)))
    turn = looked.catch(() => undefined)
    return looked
  }

  return {
    rank: (snapshot, code) =>
      inTurn(snapshot, (codes) => ({ first: codes.rank(code), size: codes.size })),
    ofDocuments: (snapshot, documentRows) =>
      inTurn(snapshot, (codes) => documentRows.flatMap(codes.ofDocument)),
  }
}

const loadCodes = async (snapshot: Database, space: CodedSpace): Promise<CodeTable> => {
  const codes = createCodeTable(codeBytes(space.dimensions) / 4)
  const { rowNumber } = snapshot.tables.embeddings
  for (let after = 0; ;) {
    const block = await readCodes(snapshot, space, gt(rowNumber, after))
    for (const { row, code } of block) codes.set(row, code)
    after = block.at(-1)?.row.rowNumber ?? after
    if (block.length < BLOCK_ROWS) return codes
  }
}

const applyLog = async (
  snapshot: Database,
  { codes, sequence }: Loaded,
  space: CodedSpace,
): Promise<void> => {
  const { embeddings } = snapshot.tables
  for (const chunk of chunksOf(await readLogAfter(snapshot, space.id, sequence))) {
    for (const rowNumber of chunk) codes.delete(rowNumber)
    const block = await readCodes(snapshot, space, inArray(embeddings.rowNumber, chunk))
    for (const { row, code } of block) codes.set(row, code)
  }
}

/** Reads codes by row number as one text: drivers take ten times as long for rows. */
const readCodes = async (
  { query, tables }: Database,
  { id, dimensions }: CodedSpace,
  condition: SQL,
): Promise<{ row: CodedRow; code: Uint32Array }[]> => {
  const { documents, embeddings } = tables
  const block = query
    .select({
      row: embeddings.rowNumber,
      // By a name of its own: both columns have the same.
      documentRow: sql<number>`${documents.rowNumber}`.as('document_row'),
      bits: embeddings.bits,
    })
    .from(embeddings)
    .innerJoin(documents, eq(documents.id, embeddings.documentId))
    .where(and(eq(embeddings.spaceId, id), condition))
    .orderBy(asc(embeddings.rowNumber))
    .limit(BLOCK_ROWS)
    .as('block')
  const [found] = await query
    .select({
      rows: sql<string | null>`group_concat(${block.row})`,
      documents: sql<string | null>`group_concat(${block.documentRow})`,
      bits: sql<string | null>`group_concat(hex(${block.bits}), '')`,
    })
    .from(block)
  if (!found?.rows) return []
  const documentRows = found.documents?.split(',').map(Number) ?? []
  const codes = toWords(Buffer.from(found.bits ?? '', 'hex'))
  const words = codeBytes(dimensions) / 4
  return found.rows.split(',').map((rowNumber, at) => ({
    row: { rowNumber: Number(rowNumber), documentRow: documentRows[at] ?? 0 },
    code: codes.subarray(at * words, (at + 1) * words),
  }))
}
