import { StorageError } from '../storage-error.ts'

/** The most that pgvector stores. */
const MOST = 16_000

/**
 * A vector that both databases keep.
 *
 * @throws StorageError `invalid` for one that holds anything but 1 to 16,000 finite numbers
 */
export const toStorableVector = (vector: Float32Array): Float32Array => {
  if (vector.length > 0 && vector.length <= MOST && isAllFinite(vector)) return vector
  const detail = `a vector must be 1 to ${MOST} finite numbers`
  throw new StorageError('invalid', { detail })
}

/** A sum of 32-bit floats is too small to overflow: it is finite where all of them are. */
const isAllFinite = (vector: Float32Array): boolean => {
  let sum = 0
  for (let at = 0; at < vector.length; at++) sum += vector[at] ?? 0
  return Number.isFinite(sum)
}
