import type { Database } from '@athena-memory/db-core'
import { and, eq } from 'drizzle-orm'
import { LRUCache } from 'lru-cache'
import { listedRow, rowList } from '../documents/row-list.ts'
import { type CodedSpace, createCodeCache } from './code-cache.ts'
import { dot, norm, toCosine } from './cosine-similarity.ts'
import { bestOfDocuments, EXACT_UNTIL, type Similarities } from './similarity.ts'
import { toSignBits, toWords } from './sign-bits.ts'
import type { VectorSearch } from './vector-search.ts'

/** Documents with the nearest codes that are compared by their full vectors; with fewer, recall falls. */
const RERANKED = 256

/** While too few of the documents are among those sought, this many times as many codes are looked at. */
const WIDENING = 8

/** Vectors kept in memory take about this much. */
const REMEMBERED_BYTES = 48 * 1024 ** 2

const MOST_REMEMBERED = 30_000

/** The vectors of a document's pieces, with their lengths. */
type Vectors = readonly { readonly vector: Float32Array; readonly norm: number }[]

/**
 * Documents nearest to a question are those with the nearest codes, compared by their full vectors. Those
 * of a document never change, so they are remembered.
 */
export const createLibsqlVectors = (space: CodedSpace): VectorSearch => {
  const codes = createCodeCache(space)
  const max = Math.min(Math.ceil(REMEMBERED_BYTES / (space.dimensions * 4)), MOST_REMEMBERED)
  const remembered = new LRUCache<number, Vectors>({ max })

  const compare: VectorSearch['compare'] = async (snapshot, vector, documentRows) => {
    const unknown = documentRows.filter((row) => !remembered.has(row))
    const read = await readVectors(snapshot, space, unknown)
    for (const [row, vectors] of read) remembered.set(row, vectors)
    return similarities(vector, documentRows, (row) => read.get(row) ?? remembered.get(row))
  }

  return {
    compare,
    async nearest(snapshot, vector, { source, expected, limit }) {
      const ranked = await codes.rank(snapshot, toWords(toSignBits(vector)))
      const first = expected <= EXACT_UNTIL ? 2 * EXACT_UNTIL : RERANKED
      for (let looked = first; ; looked *= WIDENING) {
        const found = await source.listed(ranked.first(looked))
        if (found.length < limit && looked < ranked.size) continue
        const rows = found.map(({ rowNumber }) => rowNumber)
        return compare(snapshot, vector, rows)
      }
    },
  }
}

const similarities = (
  vector: Float32Array,
  documentRows: readonly number[],
  vectorsOf: (documentRow: number) => Vectors | undefined,
): Similarities => {
  const length = norm(vector)
  return bestOfDocuments(
    documentRows.flatMap((documentRow) =>
      (vectorsOf(documentRow) ?? []).map((other) => ({
        documentRow,
        similarity: toCosine(dot(vector, other.vector), length, other.norm),
      })),
    ),
  )
}

const readVectors = async (
  snapshot: Database,
  { id }: CodedSpace,
  documentRows: readonly number[],
): Promise<Map<number, Vectors>> => {
  const found = new Map<number, Vectors>()
  if (documentRows.length === 0) return found
  const { documents, embeddings } = snapshot.tables
  const rows = await snapshot.query
    .select({ documentRow: documents.rowNumber, vector: embeddings.vector })
    .from(rowList(snapshot, documentRows))
    .crossJoin(documents)
    .crossJoin(embeddings)
    .where(
      and(
        eq(documents.rowNumber, listedRow),
        eq(embeddings.documentId, documents.id),
        eq(embeddings.spaceId, id),
      ),
    )
  for (const { documentRow, vector } of rows) {
    const others = found.get(documentRow) ?? []
    found.set(documentRow, [...others, { vector, norm: norm(vector) }])
  }
  return found
}
