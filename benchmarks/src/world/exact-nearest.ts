/** A vector of length 1, by some key. */
export interface KeyedVector<Key> {
  readonly key: Key
  readonly vector: Float32Array
}

/** The keys of the `limit` vectors nearest to `sought`, nearest first: all of them are compared. */
export const exactNearest = <Key>(
  sought: Float32Array,
  vectors: readonly KeyedVector<Key>[],
  limit: number,
): Key[] =>
  vectors
    .map(({ key, vector }) => ({ key, similarity: dot(sought, vector) }))
    .toSorted((a, b) => b.similarity - a.similarity)
    .slice(0, limit)
    .map(({ key }) => key)

const dot = (a: Float32Array, b: Float32Array): number => {
  let sum = 0
  for (let at = 0; at < a.length; at++) sum += (a[at] ?? 0) * (b[at] ?? 0)
  return sum
}
