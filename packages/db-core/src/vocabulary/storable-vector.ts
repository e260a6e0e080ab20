import { StorageError } from '../storage-error.ts'

/** The most that pgvector stores. */
const MOST = 16_000

/**
 * A vector that both databases keep.
 *
 * @throws StorageError `invalid` for one that holds anything but 1 to 16,000 finite numbers
 */
export const toStorableVector = (vector: Float32Array): Float32Array => {
  if (vector.length > 0 && vector.length <= MOST && vector.every(Number.isFinite)) return vector
  const detail = `a vector must be 1 to ${MOST} finite numbers`
  throw new StorageError('invalid', { detail })
}
