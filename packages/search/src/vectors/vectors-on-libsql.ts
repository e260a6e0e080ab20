import type { Database } from '@athena-memory/db-core'
import { and, eq } from 'drizzle-orm'
import { listedRow, rowList } from '../documents/row-list.ts'
import { type CodedSpace, createCodeCache } from './code-cache.ts'
import { EXACT_UNTIL } from './similarity.ts'
import { toSignBits, toWords } from './sign-bits.ts'
import { createVectorMemory } from './vector-memory.ts'
import type { VectorSearch } from './vector-search.ts'

/** Documents with the nearest codes that are compared by their full vectors; with fewer, recall falls. */
const RERANKED = 256

/** While too few of the documents are among those sought, this many times as many codes are looked at. */
const WIDENING = 8

/**
 * Documents nearest to a question are those with the nearest codes, compared by their full vectors. Those
 * of a document never change, so they are remembered.
 */
export const createLibsqlVectors = (space: CodedSpace): VectorSearch => {
  const codes = createCodeCache(space)
  const vectors = createVectorMemory(space.dimensions)

  const compare: VectorSearch['compare'] = async (snapshot, vector, documentRows) => {
    const known = vectors.compare(vector, documentRows)
    const unknown = documentRows.filter((row) => !known.has(row))
    if (unknown.length === 0) return known
    for (const [row, pieces] of await readVectors(snapshot, space, unknown))
      vectors.add(row, pieces)
    const found = vectors.compare(vector, unknown)
    vectors.trim()
    return new Map([...known, ...found])
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

const readVectors = async (
  snapshot: Database,
  { id }: CodedSpace,
  documentRows: readonly number[],
): Promise<Map<number, Float32Array[]>> => {
  const found = new Map<number, Float32Array[]>()
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
    const pieces = found.get(documentRow)
    if (pieces === undefined) found.set(documentRow, [vector])
    else pieces.push(vector)
  }
  return found
}
