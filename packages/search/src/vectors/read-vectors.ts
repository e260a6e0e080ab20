import type { Database } from '@athena-memory/db-core'
import { eq, sql } from 'drizzle-orm'
import { listedRow, rowList } from '../documents/row-list.ts'
import type { CodeCache, CodedSpace } from './code-cache.ts'

/** The vectors of documents, by their row numbers. */
export type DocumentVectors = ReadonlyMap<number, readonly Float32Array[]>

/** Reads the vectors that documents have in a space; those without any are absent. */
export type ReadVectors = (
  snapshot: Database,
  documentRows: readonly number[],
) => Promise<DocumentVectors>

/**
 * On libSQL the row numbers of vectors are known beside their codes: to find them by those of their
 * documents takes three times as long.
 */
export const createLibsqlReader =
  (codes: Pick<CodeCache, 'ofDocuments'>): ReadVectors =>
  async (snapshot, documentRows) => {
    const coded = await codes.ofDocuments(snapshot, documentRows)
    if (coded.length === 0) return new Map()
    const owners = new Map(coded.map(({ rowNumber, documentRow }) => [rowNumber, documentRow]))
    const { embeddings } = snapshot.tables
    const { rowNumber, vector } = embeddings
    const rows = await snapshot.query
      .select({ rowNumber, vector })
      .from(rowList(snapshot, [...owners.keys()]))
      .crossJoin(embeddings)
      .where(eq(rowNumber, listedRow))
    const found = new Map<number, Float32Array[]>()
    for (const row of rows) {
      const documentRow = owners.get(row.rowNumber) ?? 0
      const pieces = found.get(documentRow)
      if (pieces === undefined) found.set(documentRow, [row.vector])
      else pieces.push(row.vector)
    }
    return found
  }

/** On PostgreSQL they come in binary form, which takes a fifth of the time of text. */
export const createPostgresReader =
  (space: CodedSpace): ReadVectors =>
  async (snapshot, documentRows) =>
    documentRows.length === 0 ? new Map() : readLookedUp(snapshot, space, documentRows)

const readLookedUp = async (
  snapshot: Database,
  { id, dimensions }: CodedSpace,
  documentRows: readonly number[],
): Promise<DocumentVectors> => {
  const { documents, embeddings } = snapshot.tables
  // One lookup within the other: without statistics joins are planned as if there were few rows.
  const documentId = snapshot.query
    .select({ id: documents.id })
    .from(documents)
    .where(eq(documents.rowNumber, listedRow))
  // The space is no condition: its index would seem to find as few rows as that of the document.
  const sent = snapshot.query
    .select({
      bytes: sql`string_agg(vector_send(${embeddings.vector}), '') filter (where ${eq(embeddings.spaceId, id)})`,
    })
    .from(embeddings)
    .where(eq(embeddings.documentId, documentId))
  const rows = await snapshot.query
    .select({
      documentRow: sql`${listedRow}`.mapWith(Number),
      bytes: sql<Uint8Array | null>`(${sent})`,
    })
    .from(rowList(snapshot, documentRows))
  return new Map(
    rows.flatMap(({ documentRow, bytes }) =>
      bytes === null ? [] : [[documentRow, decodeSent(bytes, dimensions)] as const],
    ),
  )
}

/** What pgvector writes before the numbers of a vector. */
const HEADER_BYTES = 4

/** Vectors of one length as `vector_send` writes them, one after the other: big-endian. */
const decodeSent = (bytes: Uint8Array, dimensions: number): Float32Array[] => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const size = HEADER_BYTES + dimensions * 4
  return Array.from({ length: bytes.byteLength / size }, (_, piece) => {
    const start = piece * size + HEADER_BYTES
    return Float32Array.from({ length: dimensions }, (__, at) => view.getFloat32(start + at * 4))
  })
}
