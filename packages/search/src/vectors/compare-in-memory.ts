import type { CodedSpace } from './read-codes.ts'
import type { ReadVectors } from './read-vectors.ts'
import { createVectorMemory } from './vector-memory.ts'
import type { VectorSearch } from './vector-search.ts'

/** Compares documents by their full vectors, which never change, so they are remembered. */
export const createMemoryComparison = (
  space: CodedSpace,
  readVectors: ReadVectors,
): VectorSearch['compare'] => {
  const vectors = createVectorMemory(space.dimensions)
  return async (snapshot, vector, documentRows) => {
    const known = vectors.compare(vector, documentRows)
    const unknown = documentRows.filter((row) => !known.has(row))
    if (unknown.length === 0) return known
    for (const [row, pieces] of await readVectors(snapshot, unknown)) {
      vectors.add(row, pieces)
    }
    const found = vectors.compare(vector, unknown)
    vectors.trim()
    return new Map([...known, ...found])
  }
}
