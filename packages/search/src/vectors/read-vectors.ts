import { byDialect, type Database } from '@athena-memory/db-core'
import { eq, sql } from 'drizzle-orm'
import { listedRow, rowList } from '../documents/row-list.ts'
import type { CodeCache } from './code-cache.ts'
import type { CodedSpace } from './read-codes.ts'

/** The vectors of documents, by their row numbers. */
export type DocumentVectors = ReadonlyMap<number, readonly Float32Array[]>

/** Reads the vectors that documents have in a space; those without any are absent. */
export type ReadVectors = (
  snapshot: Database,
  documentRows: readonly number[],
) => Promise<DocumentVectors>

/**
 * The row numbers of vectors are known beside their codes: to find them by those of their documents
 * takes three times as long.
 */
export const createCodedReader =
  ({ dimensions }: CodedSpace, codes: Pick<CodeCache, 'ofDocuments'>): ReadVectors =>
  async (snapshot, documentRows) => {
    const coded = await codes.ofDocuments(snapshot, documentRows)
    if (coded.length === 0) return new Map()
    const owners = new Map(coded.map(({ rowNumber, documentRow }) => [rowNumber, documentRow]))
    const rowNumbers = [...owners.keys()]
    const read = await byDialect(snapshot, {
      sqlite: () => readRows(snapshot, rowNumbers),
      postgres: () => readSentRows(snapshot, rowNumbers, dimensions),
    })
    const found = new Map<number, Float32Array[]>()
    for (const [rowNumber, vector] of read) {
      const documentRow = owners.get(rowNumber) ?? 0
      const pieces = found.get(documentRow)
      if (pieces === undefined) found.set(documentRow, [vector])
      else pieces.push(vector)
    }
    return found
  }

/** A row number and a vector. */
type NumberedVector = readonly [rowNumber: number, vector: Float32Array]

const readRows = async (
  snapshot: Database,
  rowNumbers: readonly number[],
): Promise<NumberedVector[]> => {
  const { embeddings } = snapshot.tables
  const { rowNumber, vector } = embeddings
  const rows = await snapshot.query
    .select({ rowNumber, vector })
    .from(rowList(snapshot, rowNumbers))
    .crossJoin(embeddings)
    .where(eq(rowNumber, listedRow))
  return rows.map((row) => [row.rowNumber, row.vector])
}

/** In binary form and all at once, which takes a tenth of the time of text. */
const readSentRows = async (
  snapshot: Database,
  rowNumbers: readonly number[],
  dimensions: number,
): Promise<NumberedVector[]> => {
  const { embeddings } = snapshot.tables
  const { rowNumber, vector } = embeddings
  const [sent] = await snapshot.query
    .select({
      rows: sql<string | null>`string_agg(${listedRow}::text, ',')`,
      vectors: sql<Uint8Array | null>`string_agg(vector_send(${vector}), ''::bytea)`,
    })
    .from(rowList(snapshot, rowNumbers))
    .crossJoin(embeddings)
    .where(eq(rowNumber, listedRow))
  if (!sent?.rows || sent.vectors === null) return []
  const vectors = decodeSent(sent.vectors, dimensions)
  return sent.rows.split(',').map((row, at) => [Number(row), vectors[at] ?? new Float32Array()])
}

/** What pgvector writes before the numbers of a vector, in numbers. */
const HEADER = 1

/** Vectors of one length as `vector_send` writes them, one after the other: big-endian. */
const decodeSent = (sent: Uint8Array, dimensions: number): Float32Array[] => {
  const bytes = Uint8Array.from(sent)
  Buffer.from(bytes.buffer).swap32()
  const numbers = new Float32Array(bytes.buffer)
  const stride = HEADER + dimensions
  return Array.from({ length: numbers.length / stride }, (_, at) =>
    numbers.subarray(at * stride + HEADER, (at + 1) * stride),
  )
}
